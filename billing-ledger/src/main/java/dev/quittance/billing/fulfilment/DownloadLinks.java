package dev.quittance.billing.fulfilment;

import dev.quittance.billing.fulfilment.DownloadRules.Link;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Makes links with this service's own key. */
@ApplicationScoped
class DownloadLinks {
    private static final int KEY_BYTES = 32;

    private final FulfilmentConfig config;
    private final InstantSource clock;
    private final byte[] key;

    DownloadLinks(FulfilmentConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.key = config.downloadKey()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElseGet(DownloadLinks::own);
    }

    private static byte[] own() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** A link with its end. */
    record Made(String url, Instant expiresAt) {}

    Made make(UUID order, int line) {
        Instant expiresAt = clock.instant().plus(config.linkLife()).truncatedTo(ChronoUnit.SECONDS);
        String token = DownloadRules.sign(new Link(order, line, expiresAt), key);
        return new Made(config.publicUrl() + "/api/orders/downloads/" + token, expiresAt);
    }

    Optional<Link> read(String token) {
        return DownloadRules.read(token, key);
    }
}

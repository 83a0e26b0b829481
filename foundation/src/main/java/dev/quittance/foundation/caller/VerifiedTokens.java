package dev.quittance.foundation.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tokens that were verified within the last minute. A signature costs more processor time than all else that a request does in a
 * service, and whoever comes at all comes with the same token many times. Looked up by their digests, so that how long a
 * comparison takes says nothing of a token; never beyond a token's own end; what was refused is not remembered.
 */
final class VerifiedTokens {
    /** A key that is withdrawn is believed so much longer. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);
    /** A few kilobytes each. */
    static final int TOKENS_MAX = 1_000;

    private final Cache<ByteBuffer, JWTCallerPrincipal> tokens;
    private final InstantSource clock;

    VerifiedTokens(InstantSource clock) {
        this.clock = clock;
        this.tokens = Caffeine.newBuilder()
                .maximumSize(TOKENS_MAX)
                .expireAfterWrite(REMEMBERED)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                // Forgets in passing: no threads of its own.
                .executor(Runnable::run)
                .build();
    }

    Optional<JWTCallerPrincipal> find(String token) {
        return Optional.ofNullable(tokens.getIfPresent(digest(token)))
                .filter(verified -> clock.instant().isBefore(Instant.ofEpochSecond(verified.getExpirationTime())));
    }

    void keep(String token, JWTCallerPrincipal verified) {
        tokens.put(digest(token), verified);
    }

    private static ByteBuffer digest(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

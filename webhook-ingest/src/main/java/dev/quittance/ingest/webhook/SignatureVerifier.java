package dev.quittance.ingest.webhook;

import dev.quittance.ingest.config.WebhookSecrets;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether Stripe signed these bytes. Ours, since stripe-java's verifier throws on some malformed headers and takes
 * timestamps of the future. Never throws on what a sender sends.
 */
final class SignatureVerifier {
    static final Duration TOLERANCE = Duration.ofSeconds(300);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int NONE = -1;

    private final List<SecretKeySpec> keys;

    SignatureVerifier(WebhookSecrets secrets) {
        this.keys = secrets.keys().map(key -> new SecretKeySpec(key, ALGORITHM)).toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no secret to verify with");
        }
    }

    SignatureVerdict verify(byte[] body, @Nullable String header, Instant now) {
        return switch (SignatureHeader.parse(header)) {
            case SignatureHeader.Parsed.Malformed(SignatureFault fault) -> new SignatureVerdict.Rejected(fault);
            case SignatureHeader.Parsed.WellFormed(SignatureHeader wellFormed) -> verify(body, wellFormed, now);
        };
    }

    /** The time is judged last, so that only deliveries that Stripe did sign raise the alarm for a wrong clock. */
    private SignatureVerdict verify(byte[] body, SignatureHeader header, Instant now) {
        int secretIndex = matchingKey(body, header);
        if (secretIndex == NONE) {
            return new SignatureVerdict.Rejected(SignatureFault.NO_MATCH);
        }
        long seconds = Math.abs(now.getEpochSecond() - header.epochSeconds());
        return seconds <= TOLERANCE.toSeconds()
                ? new SignatureVerdict.Verified(secretIndex)
                : new SignatureVerdict.Rejected(SignatureFault.OUTSIDE_TOLERANCE);
    }

    /** Every key against every signature whatever matched before: the time taken tells nothing. */
    private int matchingKey(byte[] body, SignatureHeader header) {
        int match = NONE;
        for (int index = 0; index < keys.size(); index++) {
            byte[] expected = hmac(keys.get(index), header.timestamp(), body);
            boolean isEqual = false;
            for (byte[] signature : header.signatures()) {
                isEqual |= MessageDigest.isEqual(expected, signature);
            }
            match = isEqual && match == NONE ? index : match;
        }
        return match;
    }

    private static byte[] hmac(SecretKeySpec key, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(timestamp.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) '.');
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}

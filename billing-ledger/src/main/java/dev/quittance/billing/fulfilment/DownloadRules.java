package dev.quittance.billing.fulfilment;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs links to what was bought, and reads them again: who has one may fetch it, and nobody makes one. */
final class DownloadRules {
    static final int TOKEN_MAX = 120;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int WORDS_BYTES = Long.BYTES * 3 + Short.BYTES;
    private static final int TOKEN_BYTES = WORDS_BYTES + 32;

    private DownloadRules() {}

    /** What a link is for, and until when. */
    record Link(UUID orderId, int line, Instant expiresAt) {}

    static String sign(Link link, byte[] key) {
        byte[] words = ByteBuffer.allocate(WORDS_BYTES)
                .putLong(link.orderId().getMostSignificantBits())
                .putLong(link.orderId().getLeastSignificantBits())
                .putLong(link.expiresAt().getEpochSecond())
                .putShort((short) link.line())
                .array();
        byte[] token = Arrays.copyOf(words, TOKEN_BYTES);
        byte[] mac = mac(words, key);
        System.arraycopy(mac, 0, token, WORDS_BYTES, mac.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Empty when we did not sign it. Whether it is still good is for the caller to say. */
    static Optional<Link> read(String token, byte[] key) {
        byte[] bytes = bytes(token);
        if (bytes.length != TOKEN_BYTES) {
            return Optional.empty();
        }
        byte[] words = Arrays.copyOf(bytes, WORDS_BYTES);
        // Takes as long for a wrong guess as for a right one.
        if (!MessageDigest.isEqual(mac(words, key), Arrays.copyOfRange(bytes, WORDS_BYTES, TOKEN_BYTES))) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(words);
        UUID order = new UUID(read.getLong(), read.getLong());
        Instant expiresAt = Instant.ofEpochSecond(read.getLong());
        return Optional.of(new Link(order, read.getShort(), expiresAt));
    }

    private static byte[] bytes(String token) {
        if (token.length() > TOKEN_MAX) {
            return new byte[0];
        }
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static byte[] mac(byte[] words, byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(words);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.quittance.voucher.code;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One secret outside the database, without which a stolen table of digests and sealed codes is worth nothing. */
final class Pepper {
    private static final int SEAL_KEY_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final byte[] SEAL_PURPOSE = bytes("quittance voucher code seal v1");
    private static final byte[] ID_PURPOSE = bytes("quittance voucher pepper id v1");

    private final String id;
    private final SecretKey digestKey;
    private final SecretKey sealKey;

    private Pepper(String id, SecretKey digestKey, SecretKey sealKey) {
        this.id = id;
        this.digestKey = digestKey;
        this.sealKey = sealKey;
    }

    static Pepper of(String id, byte[] secret) {
        return new Pepper(id, new SecretKeySpec(secret, "HmacSHA256"), sealKey(secret));
    }

    /** A pepper that nobody named: its id follows from it and tells nothing of it. */
    static Pepper unnamed(byte[] secret) {
        byte[] digest = mac(new SecretKeySpec(secret, "HmacSHA256"), ID_PURPOSE);
        return of("k" + HexFormat.of().formatHex(digest, 0, ID_BYTES), secret);
    }

    String id() {
        return id;
    }

    SecretKey sealKey() {
        return sealKey;
    }

    byte[] digest(String text) {
        return mac(digestKey, bytes(text));
    }

    private static byte[] mac(SecretKey key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static SecretKey sealKey(byte[] secret) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(SEAL_PURPOSE, SEAL_KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has HKDF-SHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.quittance.voucher.code;

import java.security.SecureRandom;

/**
 * The secret from which a batch's codes follow, one for each unit, by HMAC-SHA-256 as a pseudo-random function: a batch is
 * made again from where it stopped, and once its key is gone nobody can make its codes again.
 */
public final class BatchKey {
    private static final int KEY_BYTES = 32;

    private final byte[] secret;
    private final Pepper generator;

    private BatchKey(byte[] secret) {
        this.secret = secret.clone();
        this.generator = Pepper.of("batch", secret);
    }

    public static BatchKey random(SecureRandom random) {
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        return new BatchKey(secret);
    }

    static BatchKey of(byte[] secret) {
        return new BatchKey(secret);
    }

    public VoucherCode code(int unit) {
        return VoucherCode.of(generator.digest("unit:" + unit));
    }

    byte[] secret() {
        return secret.clone();
    }
}

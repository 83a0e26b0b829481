package dev.quittance.voucher.code;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Keeps a code until its owner asks for it: AES-256-GCM under a key derived from the pepper, bound to its voucher, so that a
 * sealed code moved to another row does not open.
 */
public final class CodeSeal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int VOUCHER_ID_BYTES = 16;

    private final Peppers peppers;
    private final SecureRandom random;

    public CodeSeal(Peppers peppers, SecureRandom random) {
        this.peppers = peppers;
        this.random = random;
    }

    /** Sealed under the current pepper. */
    public byte[] seal(VoucherCode code, UUID voucherId) {
        return seal(code.symbols().getBytes(StandardCharsets.US_ASCII), voucherId);
    }

    /** A batch's key, sealed under the current pepper. */
    public byte[] seal(BatchKey key, UUID batchId) {
        return seal(key.secret(), batchId);
    }

    /** The pepper that seals. */
    public String keyId() {
        return peppers.current().id();
    }

    private byte[] seal(byte[] secret, UUID id) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, peppers.current(), nonce, id).doFinal(secret);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a code could not be sealed", e);
        }
    }

    /**
     * @throws IllegalStateException when the pepper is no longer configured or the seal is not this voucher's
     */
    public VoucherCode open(byte[] sealed, String keyId, UUID voucherId) {
        return VoucherCode.read(new String(unseal(sealed, keyId, voucherId), StandardCharsets.US_ASCII))
                .orElseThrow(() -> new IllegalStateException("what was sealed is no code"));
    }

    /**
     * @throws IllegalStateException as with a code
     */
    public BatchKey openBatchKey(byte[] sealed, String keyId, UUID batchId) {
        return BatchKey.of(unseal(sealed, keyId, batchId));
    }

    private byte[] unseal(byte[] sealed, String keyId, UUID id) {
        Pepper pepper = peppers.named(keyId)
                .orElseThrow(() -> new IllegalStateException("no pepper " + keyId + " is configured any more"));
        if (sealed.length <= NONCE_BYTES) {
            throw new IllegalStateException("not a sealed code");
        }
        ByteBuffer parts = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        parts.get(nonce);
        byte[] body = new byte[parts.remaining()];
        parts.get(body);
        try {
            return cipher(Cipher.DECRYPT_MODE, pepper, nonce, id).doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a sealed code does not open", e);
        }
    }

    private static Cipher cipher(int mode, Pepper pepper, byte[] nonce, UUID voucherId)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, pepper.sealKey(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(VOUCHER_ID_BYTES)
                .putLong(voucherId.getMostSignificantBits())
                .putLong(voucherId.getLeastSignificantBits())
                .array());
        return cipher;
    }
}

package dev.quittance.voucher.code;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** How codes are found without being known: HMAC-SHA-256 under a pepper. */
public final class CodeDigests {
    /** Digested in place of input that is no code, so that both take the same way; U is no symbol, so nothing matches. */
    private static final String NO_CODE = "U".repeat(VoucherCode.LENGTH);

    private final Peppers peppers;

    public CodeDigests(Peppers peppers) {
        this.peppers = peppers;
    }

    /** A digest and the pepper it was made under. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Keyed(String keyId, byte[] digest) {}

    /** To be stored. */
    public Keyed digest(VoucherCode code) {
        Pepper current = peppers.current();
        return new Keyed(current.id(), current.digest(code.identity()));
    }

    /** Every digest under which the code may be stored; digests that match nothing when there is no code. */
    public List<byte[]> candidates(Optional<VoucherCode> code) {
        String text = code.map(VoucherCode::identity).orElse("code:" + NO_CODE);
        return peppers.all().stream().map(pepper -> pepper.digest(text)).toList();
    }

    /**
     * What makes two redemption requests the same, under each pepper, the current one first. Keyed, since a plain digest
     * beside the keyed one would give the code away to whoever can count to 2^75.
     */
    public List<byte[]> requests(Optional<VoucherCode> code, Optional<String> accountNumber) {
        String text = "redeem:" + code.map(VoucherCode::identity).orElse("code:" + NO_CODE) + ":"
                + accountNumber.orElse("own account");
        return peppers.all().stream().map(pepper -> pepper.digest(text)).toList();
    }

    /** A name for something that must not be stored as it is; it changes with the pepper. */
    public String bucket(String text) {
        return HexFormat.of().formatHex(peppers.current().digest("bucket:" + text));
    }

    /** 32 bytes for another purpose, which follow from the current pepper and tell nothing of it. */
    public byte[] derive(String purpose) {
        return peppers.current().digest("derive:" + purpose);
    }
}

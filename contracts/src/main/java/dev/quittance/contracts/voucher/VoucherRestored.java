package dev.quittance.contracts.voucher;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A reversal was undone: a voucher may be redeemed again or, when it had been redeemed, its time is to be given back.
 *
 * @param accountNumber as in {@link VoucherRevoked}
 * @param redeemed whether time is to be given back
 * @param cause the reversal that does not stand any more
 * @param revision as in {@link VoucherRevoked}, and counted with it
 */
public record VoucherRestored(
        UUID voucherId,
        String accountNumber,
        boolean redeemed,
        VoucherTerm term,
        String cause,
        long revision,
        Instant occurredAt)
        implements VoucherEvent {
    public VoucherRestored {
        Objects.requireNonNull(voucherId, "voucherId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(term, "term is null");
        Objects.requireNonNull(cause, "cause is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}

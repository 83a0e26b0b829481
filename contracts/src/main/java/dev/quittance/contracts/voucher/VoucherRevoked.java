package dev.quittance.contracts.voucher;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A voucher's purchase was reversed: it cannot be redeemed any more or, when it was redeemed, its time is to be taken back.
 *
 * @param accountNumber the account that got the time when it was redeemed, else its buyer's
 * @param redeemed whether time is to be taken back
 * @param cause the reversal that took it
 * @param revision counts the voucher's revocations and restorations, from 1: the greatest one says how things stand
 */
public record VoucherRevoked(
        UUID voucherId,
        String accountNumber,
        boolean redeemed,
        VoucherTerm term,
        String cause,
        long revision,
        Instant occurredAt)
        implements VoucherEvent {
    public VoucherRevoked {
        Objects.requireNonNull(voucherId, "voucherId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(term, "term is null");
        Objects.requireNonNull(cause, "cause is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}

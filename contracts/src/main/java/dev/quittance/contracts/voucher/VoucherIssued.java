package dev.quittance.contracts.voucher;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A voucher was made for a purchase.
 *
 * @param accountNumber the buyer's account
 * @param anchor the purchase's anchor
 * @param unit which of the purchase's vouchers, from 1; with the anchor unique for ever
 */
public record VoucherIssued(
        UUID voucherId,
        UUID userId,
        String accountNumber,
        String anchor,
        int unit,
        VoucherTerm term,
        Instant occurredAt)
        implements VoucherEvent {
    public VoucherIssued {
        Objects.requireNonNull(voucherId, "voucherId is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(anchor, "anchor is null");
        Objects.requireNonNull(term, "term is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}

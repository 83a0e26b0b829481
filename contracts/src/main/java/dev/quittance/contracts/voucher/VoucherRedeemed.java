package dev.quittance.contracts.voucher;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A voucher was used up; provisioning moves the account's expiry by its term, once.
 *
 * @param accountNumber the account that gets the time
 * @param redeemedBy the user who redeemed it
 */
public record VoucherRedeemed(
        UUID voucherId, UUID redeemedBy, String accountNumber, VoucherTerm term, Instant occurredAt)
        implements VoucherEvent {
    public VoucherRedeemed {
        Objects.requireNonNull(voucherId, "voucherId is null");
        Objects.requireNonNull(redeemedBy, "redeemedBy is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(term, "term is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}

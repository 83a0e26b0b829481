package dev.quittance.voucher.revocation;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A voucher as far as revoking it is concerned.
 *
 * @param moneyAnchor the purchase whose reversal takes it
 * @param revokedFrom where a revocation found it; null when it is not revoked
 * @param revocation what revoked it
 */
record Holding(
        UUID id,
        String moneyAnchor,
        int unit,
        VoucherTerm term,
        String status,
        @Nullable String revokedFrom,
        @Nullable String revocation,
        long revision,
        @Nullable String accountNumber,
        String stripeAccount,
        @Nullable String subscriptionId) {
    /** What it would be had nothing been revoked. */
    String naturalStatus() {
        return revokedFrom == null ? status : revokedFrom;
    }
}

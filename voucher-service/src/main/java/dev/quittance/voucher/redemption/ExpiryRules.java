package dev.quittance.voucher.redemption;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an account is paid after a redemption, as provisioning will find when it hears of it: it adds the term to the
 * expiry, or to now when that is past. What was redeemed before and not yet moved comes first.
 */
final class ExpiryRules {
    private ExpiryRules() {}

    /** Time on its way to an account. */
    record Pending(Instant redeemedAt, VoucherTerm term) {}

    /** @param previous null when the account never had any time */
    record Extension(@Nullable Instant previous, Instant expiry) {}

    static Extension extend(@Nullable Instant told, List<Pending> pending, VoucherTerm term, Instant now) {
        @Nullable Instant previous = told;
        for (Pending earlier : pending) {
            previous = earlier.term().after(later(earlier.redeemedAt(), previous));
        }
        return new Extension(previous, term.after(later(now, previous)));
    }

    private static Instant later(Instant now, @Nullable Instant expiry) {
        return expiry != null && expiry.isAfter(now) ? expiry : now;
    }
}

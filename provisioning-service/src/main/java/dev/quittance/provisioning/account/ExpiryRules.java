package dev.quittance.provisioning.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a voucher moves an account's expiry: from now, or from where it stands when that is later. */
public final class ExpiryRules {
    private ExpiryRules() {}

    /** What became of a voucher's time. */
    public sealed interface Outcome {
        record Extended(Extension extension) implements Outcome {}

        /** It counted before. */
        record Known() implements Outcome {}

        record AccountUnknown() implements Outcome {}
    }

    public static Outcome redeem(VoucherTime time, String eventId, Expiries expiries, Instant now) {
        if (expiries.isCounted(time.businessKey())) {
            return new Outcome.Known();
        }
        Expiries.Account account = expiries.account(time.accountNumber());
        if (account == null) {
            return new Outcome.AccountUnknown();
        }
        Instant previous = account.expiry();
        Extension extension = new Extension(
                time, eventId, account.userId(), previous, time.term().after(later(now, previous)));
        expiries.extend(extension);
        return new Outcome.Extended(extension);
    }

    private static Instant later(Instant now, @Nullable Instant expiry) {
        return expiry != null && expiry.isAfter(now) ? expiry : now;
    }
}

package dev.quittance.billing.day;

import dev.quittance.billing.fact.DaysMoved;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.util.Objects;

/**
 * What a voucher's days book: sold they wait in vouchers, redeemed they are given, and a reversal takes them back from where
 * they are. Each is a sum of its own, so that the order in which they are told makes no difference.
 */
public final class DayRules {
    private static final LedgerAccount ISSUED = LedgerAccount.issued("day");
    private static final LedgerAccount VOUCHERS = LedgerAccount.ofDays("vouchers");
    private static final LedgerAccount GIVEN = LedgerAccount.ofDays("given");

    private DayRules() {}

    public static Posting posting(DaysMoved moved, Cause cause) {
        return switch (moved.move()) {
            case ISSUED, RESTORED -> posting(moved, cause, ISSUED, VOUCHERS);
            case REDEEMED -> posting(moved, cause, VOUCHERS, GIVEN);
            case REVOKED -> posting(moved, cause, VOUCHERS, ISSUED);
            case TAKEN_BACK -> posting(moved, cause, GIVEN, ISSUED);
            case GIVEN_BACK -> posting(moved, cause, ISSUED, GIVEN);
            // They were used before they could be taken back: given they stay, and are owed.
            case OWED ->
                posting(
                        moved,
                        cause,
                        LedgerAccount.receivable(Objects.requireNonNull(moved.userId(), "nobody owes"), "day"),
                        GIVEN);
        };
    }

    private static Posting posting(DaysMoved moved, Cause cause, LedgerAccount debit, LedgerAccount credit) {
        return Posting.of(
                "day:" + moved.move().token() + ":" + moved.key(),
                "day_" + moved.move().token(),
                cause,
                moved.at(),
                debit,
                credit,
                moved.days());
    }
}

package dev.quittance.billing.day;

import dev.quittance.billing.fact.DaysMoved;
import dev.quittance.billing.fact.DaysMoved.Move;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.util.List;
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

    public static List<Posting> postings(DaysMoved moved, Cause cause) {
        return switch (moved.move()) {
            case ISSUED, RESTORED -> List.of(posting(moved, cause, ISSUED, VOUCHERS));
            case REDEEMED -> List.of(posting(moved, cause, VOUCHERS, GIVEN));
            case REVOKED -> List.of(posting(moved, cause, VOUCHERS, ISSUED));
            case TAKEN_BACK -> List.of(posting(moved, cause, GIVEN, ISSUED));
            case GIVEN_BACK -> List.of(posting(moved, cause, ISSUED, GIVEN));
            // They were used before they could be taken back: given they stay, and are owed.
            case OWED -> List.of(posting(moved, cause, owed(moved), GIVEN));
            // The debt is booked with its forgiving, should that be told first: nobody is owed anything meanwhile.
            case FORGIVEN ->
                List.of(
                        posting(moved, Move.OWED, cause, owed(moved), GIVEN),
                        posting(moved, cause, GIVEN, owed(moved)));
        };
    }

    private static LedgerAccount owed(DaysMoved moved) {
        return LedgerAccount.receivable(Objects.requireNonNull(moved.userId(), "nobody owes"), "day");
    }

    private static Posting posting(DaysMoved moved, Cause cause, LedgerAccount debit, LedgerAccount credit) {
        return posting(moved, moved.move(), cause, debit, credit);
    }

    private static Posting posting(DaysMoved moved, Move move, Cause cause, LedgerAccount debit, LedgerAccount credit) {
        return Posting.of(
                "day:" + move.token() + ":" + moved.key(),
                "day_" + move.token(),
                cause,
                moved.at(),
                debit,
                credit,
                moved.days());
    }
}

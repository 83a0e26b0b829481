package dev.quittance.billing.wallet;

import dev.quittance.billing.posting.LedgerAccount;
import java.util.UUID;

/** What one user has and owes in one unit. */
record Wallet(UUID userId, String unit) {
    LedgerAccount balance() {
        return LedgerAccount.user(userId, unit);
    }

    LedgerAccount debt() {
        return LedgerAccount.receivable(userId, unit);
    }

    /**
     * How a wallet stands. Who owes has nothing, and who has owes nothing: it is one number in two accounts, so that the
     * order of what moves it makes no difference.
     */
    record Standing(long balance, long owed) {
        static final Standing EMPTY = new Standing(0, 0);
    }
}

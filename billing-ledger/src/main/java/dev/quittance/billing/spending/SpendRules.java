package dev.quittance.billing.spending;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.posting.Shards;
import dev.quittance.billing.spending.SpendStore.Remembered;
import java.time.Instant;

/** What a spend books, and what is answered to one that was decided before. */
final class SpendRules {
    static final String RULE = "spend";

    private SpendRules() {}

    static Posting posting(Spend spend, Instant at) {
        return Posting.of(
                spend.businessKey(),
                RULE,
                new Cause("", spend.businessKey(), Shards.of(spend.userId().toString())),
                at,
                LedgerAccount.user(spend.userId(), spend.unit()),
                LedgerAccount.spent(spend.unit()),
                spend.amount());
    }

    static SpendOutcome repeated(Spend spend, Remembered remembered) {
        if (!remembered.spend().equals(spend)) {
            return new SpendOutcome.KeyReused();
        }
        return remembered.isBooked() ? spent(spend, remembered.balance()) : insufficient(spend, remembered.balance());
    }

    static SpendOutcome spent(Spend spend, long balance) {
        return new SpendOutcome.Spent(spend.id(), spend.unit(), spend.amount(), balance);
    }

    static SpendOutcome insufficient(Spend spend, long balance) {
        return new SpendOutcome.Insufficient(spend.unit(), spend.amount(), balance);
    }
}

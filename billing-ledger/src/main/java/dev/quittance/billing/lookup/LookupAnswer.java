package dev.quittance.billing.lookup;

import dev.quittance.billing.fact.BalanceTransaction;
import dev.quittance.billing.fact.SessionLine;
import java.time.Instant;
import java.util.List;

/** What came of asking Stripe. */
sealed interface LookupAnswer {
    record Fee(BalanceTransaction transaction, Instant createdAt) implements LookupAnswer {}

    record Lines(List<SessionLine> lines) implements LookupAnswer {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** Stripe knows no such object. */
    record Gone() implements LookupAnswer {}

    /**
     * Stripe's answer lacks what we need; asking again would not help.
     *
     * @param reason a stable code
     */
    record Unusable(String reason) implements LookupAnswer {}

    /**
     * No answer now.
     *
     * @param reason a stable code
     */
    record Failed(String reason) implements LookupAnswer {}
}

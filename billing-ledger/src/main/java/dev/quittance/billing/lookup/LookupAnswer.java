package dev.quittance.billing.lookup;

import dev.quittance.billing.fact.BalanceTransaction;
import dev.quittance.billing.fact.SessionLine;
import dev.quittance.messaging.inbox.Incoming;
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

    /** Objects as Stripe wrote them, each as an event would have brought it. */
    record Objects(List<Incoming> events) implements LookupAnswer {
        public Objects {
            events = List.copyOf(events);
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

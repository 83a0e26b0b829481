package dev.quittance.voucher.guessing;

import io.smallrye.mutiny.Uni;

/** Where attempts are counted. */
interface GuessCounters {
    /** Counts one attempt in every bucket and says how they stand. */
    Uni<Counts> count(GuessTicket ticket);

    /** The attempt was no guess. */
    Uni<Void> forgive(GuessTicket ticket);

    /** The attempt came to nothing. */
    Uni<Void> failed();
}

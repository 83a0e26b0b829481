package dev.quittance.billing.spending;

import java.util.UUID;

/** What came of a wish to spend. The same for the same key, for ever. */
public sealed interface SpendOutcome {
    /** Booked. */
    record Spent(UUID spendId, String unit, long amount, long balance) implements SpendOutcome {}

    /** Refused: there was less than that, and this is what there was. */
    record Insufficient(String unit, long amount, long balance) implements SpendOutcome {}

    /** Refused: the key belongs to another spend. */
    record KeyReused() implements SpendOutcome {}
}

package dev.quittance.billing.posting;

import java.util.Objects;

/** One side of a posting, in the unit of its account. */
public record EntryLine(LedgerAccount account, EntryDirection direction, long amount) {
    public EntryLine {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(direction, "direction is null");
        if (amount <= 0) {
            throw new IllegalArgumentException("an amount that is not positive");
        }
    }

    public static EntryLine debit(LedgerAccount account, long amount) {
        return new EntryLine(account, EntryDirection.DEBIT, amount);
    }

    public static EntryLine credit(LedgerAccount account, long amount) {
        return new EntryLine(account, EntryDirection.CREDIT, amount);
    }
}

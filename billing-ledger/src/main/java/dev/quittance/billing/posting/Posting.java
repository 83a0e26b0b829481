package dev.quittance.billing.posting;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Value that moves: lines that sum to zero in each unit, booked once for its business key. The database checks the sum
 * again, whoever writes.
 *
 * @param rule what decided it, for people and metrics
 */
public record Posting(String businessKey, String rule, Cause cause, Instant occurredAt, List<EntryLine> lines) {
    public Posting {
        Objects.requireNonNull(businessKey, "businessKey is null");
        Objects.requireNonNull(rule, "rule is null");
        Objects.requireNonNull(cause, "cause is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
        lines = List.copyOf(lines);
        Map<String, Long> sums = new HashMap<>();
        for (EntryLine line : lines) {
            sums.merge(line.account().unit(), line.direction().sign() * line.amount(), Math::addExact);
        }
        if (lines.size() < 2 || sums.values().stream().anyMatch(sum -> sum != 0)) {
            throw new IllegalArgumentException("a posting that does not sum to zero");
        }
    }

    /** The usual posting: one account to another. */
    public static Posting of(
            String businessKey,
            String rule,
            Cause cause,
            Instant occurredAt,
            LedgerAccount debit,
            LedgerAccount credit,
            long amount) {
        return new Posting(
                businessKey,
                rule,
                cause,
                occurredAt,
                List.of(EntryLine.debit(debit, amount), EntryLine.credit(credit, amount)));
    }
}

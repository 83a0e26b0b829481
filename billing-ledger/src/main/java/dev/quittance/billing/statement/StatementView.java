package dev.quittance.billing.statement;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of somebody's entries, the newest first.
 *
 * @param next what to give as {@code before} for the page behind this one; null when there is none
 */
record StatementView(
        String unit, List<Entry> entries, @Nullable String next) {
    StatementView {
        entries = List.copyOf(entries);
    }

    /**
     * A line of the user's account.
     *
     * @param amount what came, or below zero what went
     * @param balance what there was after it
     * @param cause the event, or the command, that it was booked for
     */
    record Entry(
            long entryId,
            int line,
            Instant occurredAt,
            Instant recordedAt,
            String rule,
            @Nullable String description,
            String cause,
            String businessKey,
            long amount,
            long balance) {}
}

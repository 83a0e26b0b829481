package dev.quittance.ingest.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees of a backfill.
 *
 * @param subject what it is at; null when it is over
 * @param counted so many objects there are, as far as they are counted
 * @param percent so much of what was counted is out; null while it counts
 * @param expectedAt when it will be done if it goes on as it went; null when nothing can be said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BackfillView(
        long id,
        String requestedBy,
        String account,
        boolean dryRun,
        State state,
        @Nullable Subject subject,
        List<Counts> subjects,
        int pages,
        long counted,
        long published,
        @Nullable Integer percent,
        @Nullable Instant expectedAt,
        @Nullable String lastFailure,
        Instant startedAt,
        @Nullable Instant finishedAt) {
    BackfillView {
        subjects = List.copyOf(subjects);
    }

    static BackfillView of(Backfill backfill, Instant now) {
        State state = backfill.place().state();
        boolean isOver = state == State.DONE || state == State.ABORTED;
        return new BackfillView(
                backfill.id(),
                backfill.requestedBy(),
                backfill.account(),
                backfill.dryRun(),
                state,
                isOver ? null : backfill.subject(),
                backfill.subjects(),
                backfill.pages(),
                backfill.subjects().stream().mapToLong(Counts::counted).sum(),
                backfill.subjects().stream().mapToLong(Counts::published).sum(),
                backfill.dryRun() ? null : BackfillRules.percent(backfill),
                BackfillRules.expectedAt(backfill, now).orElse(null),
                backfill.lastFailure(),
                backfill.startedAt(),
                backfill.finishedAt());
    }
}

package dev.quittance.ingest.reconciliation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What runs have found missing and not published yet. */
@Singleton
final class DeadlineStore {
    private static final String OLDEST = """
            select min(e.occurred_at) as oldest from ingest.reconciliation_events e
            join ingest.reconciliation_runs r on r.id = e.run_id
            where e.outcome is null and r.state in ('listing', 'publishing')
            """;

    private final Pool pool;

    DeadlineStore(Pool pool) {
        this.pool = pool;
    }

    /** When the oldest of them happened. */
    Uni<Optional<Instant>> oldest() {
        return pool.query(OLDEST)
                .execute()
                .map(rows -> Optional.ofNullable(rows.iterator().next().getOffsetDateTime("oldest"))
                        .map(OffsetDateTime::toInstant));
    }
}

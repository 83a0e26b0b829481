package dev.quittance.provisioning.access;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.provisioning.AccessChanged;
import dev.quittance.messaging.outbox.Outbox;
import dev.quittance.messaging.outbox.OutboxEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reviews access when no event brings it about, each time in a transaction of its own. */
@ApplicationScoped
public class AccessReviewHandler {
    private final Pool pool;
    private final Outbox outbox;
    private final InstantSource clock;
    private final AccessConfig config;
    private final AccessTellingHandler telling;
    private final AccessStore store = new AccessStore();

    AccessReviewHandler(Pool pool, Outbox outbox, InstantSource clock, AccessConfig config) {
        this.pool = requireNonNull(pool, "pool is null");
        this.outbox = requireNonNull(outbox, "outbox is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.config = requireNonNull(config, "config is null");
        this.telling = new AccessTellingHandler(config.policy());
    }

    /** Reviews what is due by time; the number of changes that were told. */
    public Uni<Integer> reviewDue() {
        Instant now = now();
        return pool.withTransaction(transaction ->
                        store.due(transaction, now, config.reviewBatch()).chain(due -> review(transaction, due, now)))
                .invoke(this::wake);
    }

    /** Does as the user says who pauses the account, or goes on with it; whether there is an account. */
    public Uni<Boolean> mark(UUID userId, boolean isInactive) {
        return pool.withTransaction(transaction -> store.mark(transaction, userId, isInactive, now())
                        .chain(marked -> review(transaction, marked, now()).replaceWith(marked)))
                .invoke(outbox::wake)
                .map(marked -> !marked.isEmpty());
    }

    private Uni<Integer> review(SqlConnection transaction, Set<String> numbers, Instant now) {
        return telling.review(transaction, numbers, now)
                .call(changes -> outbox.append(transaction, events(changes)))
                .map(List::size);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void wake(int changes) {
        if (changes > 0) {
            outbox.wake();
        }
    }

    private static List<OutboxEvent> events(List<AccessChanged> changes) {
        return changes.stream()
                .map(change -> OutboxEvent.of(change, AccessTellingHandler.businessKey(change), null))
                .toList();
    }
}

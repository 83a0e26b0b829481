package dev.quittance.ingest.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Decides on a letter once: whoever comes second finds it decided. */
@Singleton
final class DeadLetterHandler {
    private static final Logger LOG = Logger.getLogger(DeadLetterHandler.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private final Pool pool;
    private final DeadLetterStore store;
    private final LetterReplayer replayer;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    DeadLetterHandler(
            Pool pool, DeadLetterStore store, LetterReplayer replayer, InstantSource clock, MeterRegistry metrics) {
        this.pool = pool;
        this.store = store;
        this.replayer = replayer;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** What became of an operator's order. */
    enum Outcome {
        DONE,
        NOT_OPEN,
        NOT_REPLAYABLE
    }

    /** Published before it is marked: a crash in between publishes it twice, which inboxes remove, and never not at all. */
    Uni<Outcome> replay(long id, String by) {
        return pool.withTransaction(transaction -> store.lockOpen(transaction, id)
                        .chain(found -> {
                            if (found.isEmpty() || !LetterReplayer.canBeReplayed(found.get())) {
                                return Uni.createFrom().item(refusal(found));
                            }
                            return replayer.replay(found.get())
                                    .chain(() -> store.decide(
                                            transaction, id, LetterState.REPLAYED, by, null, clock.instant()))
                                    .replaceWith(Outcome.DONE);
                        }))
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .fail()
                .invoke(outcome -> tell("replayed", outcome, id, by));
    }

    Uni<Outcome> discard(long id, String by, String reason) {
        return pool.withTransaction(transaction -> store.lockOpen(transaction, id)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(Outcome.NOT_OPEN)
                                : store.decide(transaction, id, LetterState.DISCARDED, by, reason, clock.instant())
                                        .replaceWith(Outcome.DONE)))
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .fail()
                .invoke(outcome -> tell("discarded", outcome, id, by));
    }

    private static Outcome refusal(Optional<LetterView> found) {
        return found.isEmpty() ? Outcome.NOT_OPEN : Outcome.NOT_REPLAYABLE;
    }

    private void tell(String what, Outcome outcome, long id, String by) {
        if (outcome == Outcome.DONE) {
            metrics.counter("deadletters.decided", "as", what).increment();
            LOG.infof("outcome=dead-letter-%s letter=%d by=%s", what, id, by);
        }
    }
}

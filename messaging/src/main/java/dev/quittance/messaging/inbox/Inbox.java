package dev.quittance.messaging.inbox;

import dev.quittance.foundation.failure.Failures;
import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.deadletter.DeadLetters;
import dev.quittance.messaging.inbox.Transaction.Prepared;
import dev.quittance.messaging.outbox.Outbox;
import dev.quittance.telemetry.trace.Span;
import dev.quittance.telemetry.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * The way in for every event of one service. A poll of records is one transaction. When it fails because something is down
 * it is tried again without end; when it fails because of an event it is halved until that event stands alone, which then
 * goes to its dead letter topic while everything else is applied.
 */
public final class Inbox<F> {
    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final Duration BACKOFF_MIN = Duration.ofMillis(100);
    /** An event that failed by itself is tried this often more: a lost race may look like bad data once. */
    private static final int TRIES_ALONE = 2;

    private final Pool pool;
    private final DeliveryConfig config;
    private final BatchHandler<F> handler;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Ages ages;
    private final Tracing tracing;
    private final Transaction<F> transaction;
    private final Consumer<Lane<F>> opened;
    // True at first: a process that died may have left some.
    private final AtomicBoolean someAreAlone = new AtomicBoolean(true);

    Inbox(
            Pool pool,
            DeliveryConfig config,
            BatchHandler<F> handler,
            DeadLetters deadLetters,
            Outbox outbox,
            MeterRegistry metrics,
            Ages ages,
            Tracing tracing,
            Consumer<Lane<F>> opened) {
        this.pool = pool;
        this.config = config;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.metrics = metrics;
        this.ages = ages;
        this.tracing = tracing;
        this.opened = opened;
        // Counted from nothing: an alert would not see the first of a counter that was not there before.
        metrics.counter(DeadLetters.SENT, "reason", DeadLetters.NOT_OURS);
        this.transaction = new Transaction<>(config, handler, outbox, metrics);
    }

    /** A way in of its own for each channel. */
    public Lane<F> lane() {
        return lane(() -> {});
    }

    /** @param afterEach runs when a poll is applied */
    public Lane<F> lane(Runnable afterEach) {
        Lane<F> lane = new Lane<>(this, afterEach);
        opened.accept(lane);
        return lane;
    }

    /** Completes when every record is applied, known, ignored, parked or dead; the offsets may then be committed. */
    public Uni<Void> process(ConsumerRecords<String, byte[]> records) {
        return apply(read(records));
    }

    /**
     * A poll of records, read.
     *
     * @param dead sends on what nobody can ever read
     */
    record Poll<F>(Prepared<F> batch, List<Supplier<Uni<? extends Void>>> dead) {}

    /** Touches nothing: a poll may be read while the one before it is applied. */
    Poll<F> read(ConsumerRecords<String, byte[]> records) {
        List<Letter<F>> letters = new ArrayList<>(records.count());
        List<Supplier<Uni<? extends Void>>> dead = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            String topic = topic(record);
            Incoming incoming = Incoming.of(record, topic).orElse(null);
            if (incoming == null) {
                dead.add(() -> deadLetters.send(
                        record, topic, DeadLetters.NOT_OURS, "the record lacks its headers or its value"));
                continue;
            }
            switch (handler.read(incoming)) {
                case Reading.Poison<F>(String code, String cause) ->
                    dead.add(() -> deadLetters.send(record, topic, code, cause));
                case Reading.Ignored<F> ignored -> letters.add(new Letter<>(record, incoming, ignored, Span.NONE));
                case Reading.Relevant<F> relevant -> {
                    Span span = span(incoming);
                    letters.add(new Letter<>(record, incoming.within(span), relevant, span));
                }
            }
        }
        return new Poll<>(transaction.prepare(letters), dead);
    }

    Uni<Void> apply(Poll<F> poll) {
        List<Letter<F>> letters = poll.batch().letters();
        return ages.watch(letters.stream().map(Letter::record).toList(), () -> all(poll))
                .invoke(() -> letters.forEach(letter -> letter.span().end()));
    }

    /** From when it is read to when its effects are committed; what is ignored has no part in any trace. */
    private Span span(Incoming incoming) {
        return tracing.isOn()
                ? tracing.follow(
                        Span.Kind.CONSUMER,
                        "process " + incoming.topic(),
                        incoming.traceparent(),
                        Map.of(
                                "messaging.system", "kafka",
                                "messaging.consumer.group.name", config.group(),
                                "messaging.destination.name", incoming.topic(),
                                "quittance.event.id", incoming.id().id(),
                                "quittance.event.type", incoming.type()))
                : Span.NONE;
    }

    /** A transaction belongs to all of its events; it is told of as a part of the first trace that anybody records. */
    private <T> Uni<T> traced(Prepared<F> batch, Supplier<Uni<T>> work) {
        if (!tracing.isOn()) {
            return work.get();
        }
        Span span = batch.letters().stream()
                .map(Letter::span)
                .filter(Span.Recorded.class::isInstance)
                .findFirst()
                .map(first -> tracing.follow(
                        Span.Kind.CLIENT,
                        "transaction " + config.schema(),
                        first.traceparent(),
                        Map.of(
                                "db.system.name", "postgresql",
                                "db.namespace", config.schema(),
                                "db.operation.batch.size",
                                        Integer.toString(batch.letters().size()))))
                .orElse(Span.NONE);
        return work.get().invoke(span::end).onFailure().invoke(failure -> span.fail(Failures.code(failure)));
    }

    private Uni<Void> all(Poll<F> poll) {
        Uni<Void> all = attempt(poll.batch()).chain(this::tryAlone);
        for (Supplier<Uni<? extends Void>> letter : poll.dead()) {
            all = all.chain(letter);
        }
        return all;
    }

    /**
     * Does work that no event brought, such as storing what was asked of Stripe, and applies in the same transaction what
     * waited for it. Tried again without end while something is down; should a waiting event fail, the work is done
     * without it and the event is tried alone.
     *
     * @param subjects everything that the work may announce as arrived, as in {@link Reading.Relevant}
     */
    public Uni<Void> arrive(Set<String> subjects, Function<SqlConnection, Uni<Effects>> work) {
        return this.<Boolean>untilItIsUp(
                        () -> pool.withTransaction(sql -> transaction.arrive(sql, subjects, work, true)))
                .onFailure()
                .recoverWithUni(() -> this.<Boolean>untilItIsUp(
                                () -> pool.withTransaction(sql -> transaction.arrive(sql, subjects, work, false)))
                        .invoke(() -> someAreAlone.set(true)))
                .invoke(this::wakeRelay)
                .chain(this::tryAlone);
    }

    private Uni<Void> attempt(Prepared<F> batch) {
        if (batch.letters().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return untilItIsUp(() -> traced(batch, () -> pool.withTransaction(sql -> transaction.apply(sql, batch, true))))
                .invoke(this::wakeRelay)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> divide(batch.letters(), failure));
    }

    private Uni<Void> divide(List<Letter<F>> letters, Throwable failure) {
        if (letters.size() == 1) {
            return alone(letters.getFirst());
        }
        int middle = letters.size() / 2;
        LOG.warnf("outcome=halved size=%d errorCode=%s", letters.size(), Failures.code(failure));
        return attempt(transaction.prepare(letters.subList(0, middle)))
                .chain(() -> attempt(transaction.prepare(letters.subList(middle, letters.size()))));
    }

    /** One event that failed: perhaps not by its own fault but by that of an event that it released. */
    private Uni<Void> alone(Letter<F> letter) {
        Prepared<F> batch = transaction.prepare(List.of(letter));
        return untilItIsUp(() -> pool.withTransaction(sql -> transaction.apply(sql, batch, false)))
                .onFailure()
                .retry()
                .atMost(TRIES_ALONE)
                .invoke(this::wakeRelay)
                .invoke(() -> someAreAlone.set(true))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(last -> {
                    LOG.errorf("outcome=dead errorCode=%s at=%s", Failures.code(last), Failures.place(last));
                    letter.span().fail(Failures.code(last));
                    return deadLetters.send(
                            letter.record(), letter.incoming().topic(), Failures.code(last), Failures.place(last));
                });
    }

    /** Applies, one transaction each, the parked events that could not be applied with what released them. */
    private Uni<Void> tryAlone() {
        if (!someAreAlone.get()) {
            return Uni.createFrom().voidItem();
        }
        return untilItIsUp(() -> pool.withTransaction(transaction::applyOneAlone))
                .onFailure(Transaction.FailedAlone.class)
                .recoverWithUni(this::bury)
                .chain(found -> {
                    someAreAlone.set(found);
                    return tryAlone();
                });
    }

    private Uni<Boolean> bury(Transaction.FailedAlone failed) {
        Throwable cause = failed.reason();
        return untilItIsUp(() -> pool.withTransaction(sql -> transaction.take(
                sql,
                failed.parkedId(),
                record -> deadLetters.send(record, record.topic(), Failures.code(cause), Failures.place(cause)))));
    }

    private void wakeRelay(boolean told) {
        if (told) {
            outbox.wake();
        }
    }

    private <T> Uni<T> untilItIsUp(Supplier<Uni<? extends T>> work) {
        return Uni.createFrom()
                .<T>deferred(work)
                .onFailure(Failures::isTransient)
                .invoke(failure -> {
                    metrics.counter("inbox.waits", "reason", Failures.code(failure))
                            .increment();
                    LOG.warnf("outcome=waits errorCode=%s", Failures.code(failure));
                })
                .onFailure(Failures::isTransient)
                .retry()
                .withBackOff(BACKOFF_MIN, config.retryBackoffMax())
                .indefinitely();
    }

    private String topic(ConsumerRecord<String, byte[]> record) {
        return record.topic().substring(config.topicPrefix().orElse("").length());
    }
}

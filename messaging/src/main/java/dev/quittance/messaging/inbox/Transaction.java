package dev.quittance.messaging.inbox;

import dev.quittance.foundation.failure.Failures;
import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.outbox.Outbox;
import dev.quittance.messaging.outbox.OutboxEvent;
import dev.quittance.messaging.parked.ParkedStore;
import dev.quittance.messaging.parked.ParkedStore.ParkedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** What happens between begin and commit. */
final class Transaction<F> {
    private static final Logger LOG = Logger.getLogger(Transaction.class);
    /** Events that release events that release events: more rounds than this is a handler that never rests. */
    private static final int ROUNDS_MAX = 1_000;

    private final BatchHandler<F> handler;
    private final InboxStore inbox;
    private final ParkedStore parked;
    private final Outbox outbox;
    private final MeterRegistry metrics;

    /** Counted from nothing: an alert would not see the first of a counter that was not there before. */
    private static final List<String> RESULTS = List.of("applied", "duplicate", "parked", "conflict");

    Transaction(DeliveryConfig config, BatchHandler<F> handler, Outbox outbox, MeterRegistry metrics) {
        RESULTS.forEach(result -> metrics.counter("inbox.records", "result", result));
        this.handler = handler;
        this.inbox = new InboxStore(config.schema(), config.group(), config.lockBuckets());
        this.parked = new ParkedStore(config.schema(), config.group());
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /**
     * Records that are to be applied together, with the parameters of the first statements: made while the poll before is being
     * applied, so that Postgres does not wait for them.
     *
     * @param first the first of each id
     * @param repeated those whose id another one of these has
     */
    record Prepared<F>(
            List<Letter<F>> letters,
            Map<EventId, Letter<F>> first,
            List<Incoming> repeated,
            Tuple locks,
            Tuple claims) {}

    /** What one transaction gathers before it writes it. */
    private final class Gathered {
        final List<OutboxEvent> events = new ArrayList<>();
        final Map<EventId, Effects.Parked> waiting = new LinkedHashMap<>();
        final boolean releases;
        int rounds;

        Gathered(boolean releases) {
            this.releases = releases;
        }
    }

    /** Touches nothing. */
    Prepared<F> prepare(List<Letter<F>> letters) {
        Map<EventId, Letter<F>> first = new LinkedHashMap<>();
        List<Incoming> repeated = new ArrayList<>();
        for (Letter<F> letter : letters) {
            if (first.putIfAbsent(letter.incoming().id(), letter) != null) {
                repeated.add(letter.incoming());
            }
        }
        return new Prepared<>(
                letters,
                first,
                repeated,
                inbox.locks(
                        subjects(first.values().stream().map(Letter::reading).toList())),
                inbox.claims(first.values().stream().map(Transaction::claim).toList()));
    }

    /**
     * Applies what was never applied before.
     *
     * @param releases whether events that waited for these are applied too, or left to be tried alone
     * @return whether anything was written to the outbox
     */
    Uni<Boolean> apply(SqlConnection sql, Prepared<F> batch, boolean releases) {
        Gathered gathered = new Gathered(releases);
        // Sent one behind the other: the claim waits in Postgres for the locks, not here for their answer.
        return Uni.combine()
                .all()
                .unis(inbox.lock(sql, batch.locks()), inbox.claim(sql, batch.claims()))
                .with((_, claimed) -> claimed)
                .chain(claimed -> setAsideConflicts(sql, batch.first(), claimed, batch.repeated())
                        .chain(() -> round(sql, fresh(batch.first(), claimed), gathered)))
                .chain(() -> write(sql, gathered));
    }

    /** Does the work and applies what waited for it, or leaves that to be tried alone. */
    Uni<Boolean> arrive(
            SqlConnection sql, Set<String> subjects, Function<SqlConnection, Uni<Effects>> work, boolean releases) {
        Gathered gathered = new Gathered(releases);
        return inbox.lock(sql, inbox.locks(subjects))
                .chain(() -> work.apply(sql))
                .chain(effects -> follow(sql, effects, gathered))
                .chain(() -> write(sql, gathered));
    }

    /** A parked event that cannot be applied even by itself. */
    static final class FailedAlone extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long parkedId;

        FailedAlone(long parkedId, Throwable reason) {
            super(reason);
            this.parkedId = parkedId;
        }

        long parkedId() {
            return parkedId;
        }

        Throwable reason() {
            Throwable reason = getCause();
            return reason == null ? this : reason;
        }
    }

    /** Applies the oldest event that is to be tried alone; whether there was one. Fails with {@link FailedAlone}. */
    Uni<Boolean> applyOneAlone(SqlConnection sql) {
        Gathered gathered = new Gathered(true);
        return parked.takeOneAlone(sql)
                .chain(events -> events.isEmpty()
                        ? Uni.createFrom().item(false)
                        : again(sql, events, gathered)
                                .chain(() -> write(sql, gathered))
                                .onFailure(failure -> !Failures.isTransient(failure))
                                .transform(failure ->
                                        new FailedAlone(events.getFirst().id(), failure))
                                .replaceWith(true));
    }

    /** Takes a parked event out of the table, unless another process did, and hands it on as a record of its unprefixed topic. */
    Uni<Boolean> take(SqlConnection sql, long parkedId, Function<ConsumerRecord<String, byte[]>, Uni<Void>> heir) {
        return parked.take(sql, parkedId)
                .chain(events -> events.isEmpty()
                        ? Uni.createFrom().item(true)
                        : heir.apply(ParkedEvents.record(events.getFirst())).replaceWith(true));
    }

    private Uni<Void> round(SqlConnection sql, List<Delivered<F>> batch, Gathered gathered) {
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (++gathered.rounds > ROUNDS_MAX) {
            return Uni.createFrom().failure(new IllegalStateException("events release each other without end"));
        }
        return handler.apply(sql, batch).chain(effects -> follow(sql, effects, gathered));
    }

    private Uni<Void> follow(SqlConnection sql, Effects effects, Gathered gathered) {
        gathered.events.addAll(effects.events());
        gathered.waiting.putAll(effects.parked());
        return release(sql, effects.arrived(), gathered);
    }

    private Uni<Void> release(SqlConnection sql, Set<String> arrived, Gathered gathered) {
        if (arrived.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (!gathered.releases) {
            return parked.leaveAlone(sql, arrived);
        }
        List<ParkedEvent> here = gathered.waiting.values().stream()
                .filter(waiting -> arrived.contains(waiting.waitsFor()))
                .map(ParkedEvents::of)
                .toList();
        here.forEach(event -> gathered.waiting.remove(new EventId(event.account(), event.eventId())));
        return parked.release(sql, arrived).chain(stored -> {
            List<ParkedEvent> released = new ArrayList<>(stored);
            released.addAll(here);
            Uni<Void> applied = again(sql, released, gathered);
            return stored.size() < ParkedStore.RELEASE_MAX
                    ? applied
                    : applied.chain(() -> release(sql, arrived, gathered));
        });
    }

    /** Applies events that were parked: they were claimed when they came. */
    private Uni<Void> again(SqlConnection sql, List<ParkedEvent> events, Gathered gathered) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Delivered<F>> batch = new ArrayList<>(events.size());
        List<Reading<F>> readings = new ArrayList<>(events.size());
        for (ParkedEvent event : events) {
            Incoming incoming = ParkedEvents.incoming(event);
            Reading<F> reading = handler.read(incoming);
            readings.add(reading);
            switch (reading) {
                case Reading.Relevant<F> relevant -> batch.add(new Delivered<>(incoming, relevant.fact()));
                case Reading.Ignored<F> _ -> count("ignored-after-parking", 1);
                case Reading.Poison<F> poison -> {
                    return Uni.createFrom().failure(new IllegalStateException(poison.code()));
                }
            }
        }
        return inbox.lock(sql, inbox.locks(subjects(readings))).chain(() -> round(sql, batch, gathered));
    }

    private Uni<Boolean> write(SqlConnection sql, Gathered gathered) {
        List<ParkedEvent> waiting =
                gathered.waiting.values().stream().map(ParkedEvents::of).toList();
        count("parked", waiting.size());
        return parked.insert(sql, waiting)
                .chain(() -> outbox.append(sql, gathered.events))
                .replaceWith(!gathered.events.isEmpty());
    }

    private Uni<Void> setAsideConflicts(
            SqlConnection sql, Map<EventId, Letter<F>> first, Set<EventId> claimed, List<Incoming> repeated) {
        List<Incoming> known = new ArrayList<>(repeated);
        first.values().stream()
                .map(Letter::incoming)
                .filter(incoming -> !claimed.contains(incoming.id()))
                .forEach(known::add);
        count("applied", claimed.size());
        count("duplicate", known.size());
        if (known.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return inbox.digests(sql, known.stream().map(Incoming::id).collect(Collectors.toSet()))
                .map(digests -> conflicts(known, digests))
                .call(conflicts -> inbox.setAside(sql, conflicts))
                .invoke(this::alarm)
                .replaceWithVoid();
    }

    private static Collection<Incoming> conflicts(List<Incoming> known, Map<EventId, Buffer> digests) {
        Map<EventId, Incoming> conflicts = new HashMap<>();
        for (Incoming incoming : known) {
            Buffer applied = digests.get(incoming.id());
            if (applied != null && !applied.equals(Buffer.buffer(incoming.digest()))) {
                conflicts.put(incoming.id(), incoming);
            }
        }
        return conflicts.values();
    }

    private void alarm(Collection<Incoming> conflicts) {
        count("conflict", conflicts.size());
        conflicts.forEach(conflict -> LOG.errorf(
                "outcome=conflict errorCode=SAME_ID_OTHER_BODY eventId=%s",
                conflict.id().id()));
    }

    private List<Delivered<F>> fresh(Map<EventId, Letter<F>> first, Set<EventId> claimed) {
        List<Delivered<F>> fresh = new ArrayList<>(claimed.size());
        for (Letter<F> letter : first.values()) {
            if (claimed.contains(letter.incoming().id()) && letter.reading() instanceof Reading.Relevant<F> relevant) {
                fresh.add(new Delivered<>(letter.incoming(), relevant.fact()));
            }
        }
        return fresh;
    }

    private static <F> InboxStore.Claim claim(Letter<F> letter) {
        String outcome =
                letter.reading() instanceof Reading.Ignored<F>(String reason) ? "ignored:" + reason : "applied";
        return new InboxStore.Claim(letter.incoming(), outcome);
    }

    private static <F> Set<String> subjects(List<Reading<F>> readings) {
        return readings.stream()
                .filter(Reading.Relevant.class::isInstance)
                .flatMap(reading -> ((Reading.Relevant<F>) reading).subjects().stream())
                .collect(Collectors.toSet());
    }

    private void count(String result, int count) {
        if (count > 0) {
            metrics.counter("inbox.records", "result", result).increment(count);
        }
    }
}

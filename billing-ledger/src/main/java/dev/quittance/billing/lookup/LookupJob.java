package dev.quittance.billing.lookup;

import dev.quittance.billing.checkout.CheckoutStore;
import dev.quittance.billing.checkout.CheckoutStore.LinesSource;
import dev.quittance.billing.checkout.CheckoutStore.SessionLines;
import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.lookup.LookupStore.Finished;
import dev.quittance.billing.lookup.LookupStore.Leased;
import dev.quittance.billing.lookup.LookupStore.Question;
import dev.quittance.billing.payment.PaymentRules;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.posting.Posting;
import dev.quittance.foundation.loop.Backoff;
import dev.quittance.foundation.loop.Loop;
import dev.quittance.foundation.loop.Pace;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.telemetry.trace.Span;
import dev.quittance.telemetry.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Asks Stripe what the events do not say, and applies the answers. A question is taken by a lease, asked outside any
 * transaction, and answered in one: the answer, its effects, and the events that waited for it. Until there is an answer it
 * is asked again, for ever.
 */
@ApplicationScoped
public class LookupJob {
    private static final Logger LOG = Logger.getLogger(LookupJob.class);
    /** Answers post to one shard: they are few. */
    private static final int SHARD = 0;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final LookupStore store;
    private final LookupConfig config;
    private final CheckoutStore checkout;
    private final JournalStore journal;
    private final BatchHandler<BillingFact> handler;
    private final Inbox<BillingFact> inbox;
    private final MeterRegistry metrics;
    private final Tracing tracing;
    private final Optional<StripeLookups> stripe;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong open;
    private final Loop loop;
    private final Backoff backoff;

    LookupJob(
            LookupStore store,
            LookupConfig config,
            CheckoutStore checkout,
            JournalStore journal,
            Inboxes inboxes,
            BatchHandler<BillingFact> handler,
            Vertx vertx,
            MeterRegistry metrics,
            Tracing tracing) {
        this.store = store;
        this.config = config;
        this.checkout = checkout;
        this.journal = journal;
        this.handler = handler;
        this.inbox = inboxes.inbox(handler);
        this.metrics = metrics;
        this.tracing = tracing;
        this.stripe = config.apiKey().map(key -> new StripeLookups(key, config));
        this.open = metrics.gauge("lookups.open", new AtomicLong());
        this.loop = new Loop(vertx, "lookups-wait", Pace.idling(config.lookupIdle()));
        this.backoff = new Backoff(FIRST_PAUSE, config.lookupBackoffMax());
    }

    private record Answered(Leased leased, LookupAnswer answer) {}

    void start(@Observes StartupEvent event) {
        loop.start(() -> drain().map(count -> count > 0));
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
        threads.shutdownNow();
    }

    /** There may be something to ask: do not wait for the next turn. */
    public void wake() {
        loop.wake();
    }

    /** Asks at most one batch; the number of questions that were asked. */
    private Uni<Integer> drain() {
        if (stripe.isEmpty()) {
            return store.countOpen().invoke(open::set).replaceWith(0);
        }
        StripeLookups client = stripe.get();
        return store.lease(config.lookupBatch(), config.lookupLease())
                .chain(leased -> leased.isEmpty()
                        ? store.countOpen().invoke(open::set).replaceWith(0)
                        : askAll(client, leased).replaceWith(leased.size()));
    }

    private Uni<Void> askAll(StripeLookups client, List<Leased> leased) {
        return Multi.createFrom()
                .iterable(leased)
                .onItem()
                .transformToUni(question -> Uni.createFrom()
                        .item(() -> new Answered(question, ask(client, question)))
                        .runSubscriptionOn(threads))
                .merge(config.lookupConcurrency())
                .collect()
                .asList()
                .chain(answers -> applyAll(answers).chain(() -> postponeFailed(answers)));
    }

    /** A part of the trace that made us ask, unless the question is ours alone. */
    private LookupAnswer ask(StripeLookups client, Leased leased) {
        Span span = tracing.follow(
                Span.Kind.CLIENT,
                "stripe " + leased.kind().token(),
                leased.traceparent(),
                Map.of(
                        "peer.service",
                        "stripe",
                        "quittance.event.id",
                        leased.question().eventId()));
        LookupAnswer answer = client.ask(leased);
        if (answer instanceof LookupAnswer.Failed(String reason)) {
            span.fail(reason);
        } else {
            span.end();
        }
        return answer;
    }

    private Uni<Void> applyAll(List<Answered> all) {
        List<Answered> answers = all.stream()
                .filter(answered -> !(answered.answer() instanceof LookupAnswer.Failed))
                .toList();
        if (answers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Set<String> subjects = new HashSet<>();
        answers.forEach(answered -> subjects.addAll(arriving(answered.leased())));
        List<Delivered<BillingFact>> objects = new ArrayList<>();
        answers.stream()
                .filter(answered -> answered.answer() instanceof LookupAnswer.Objects)
                .flatMap(answered -> ((LookupAnswer.Objects) answered.answer()).events().stream())
                .forEach(event -> {
                    if (handler.read(event) instanceof Reading.Relevant<BillingFact> relevant) {
                        objects.add(new Delivered<>(event, relevant.fact()));
                        subjects.addAll(relevant.subjects());
                    }
                });
        return inbox.arrive(subjects, transaction -> apply(transaction, answers, objects));
    }

    /** Objects go the way that events go; the rest is answers to questions that no event could ask. */
    private Uni<Effects> apply(
            SqlConnection transaction, List<Answered> answers, List<Delivered<BillingFact>> objects) {
        return (objects.isEmpty() ? Uni.createFrom().item(new Effects()) : handler.apply(transaction, objects))
                .chain(effects -> apply(transaction, answers, effects));
    }

    private Uni<Effects> apply(SqlConnection transaction, List<Answered> answers, Effects effects) {
        List<SessionLines> lines = new ArrayList<>();
        List<Posting> postings = new ArrayList<>();
        List<Finished> finished = new ArrayList<>();
        for (Answered answered : answers) {
            Question question = answered.leased().question();
            finished.add(new Finished(question, outcome(answered.answer())));
            switch (answered.answer()) {
                case LookupAnswer.Fee fee ->
                    PaymentRules.fee(
                                    fee.transaction(),
                                    new Cause(question.account(), question.eventId(), SHARD),
                                    fee.createdAt())
                            .ifPresent(postings::add);
                case LookupAnswer.Lines found -> lines.add(sessionLines(question, LinesSource.LOOKED_UP, found));
                case LookupAnswer.Objects _ -> {}
                case LookupAnswer.Gone gone -> withoutAnswer(answered.leased(), lines);
                case LookupAnswer.Unusable unusable -> withoutAnswer(answered.leased(), lines);
                case LookupAnswer.Failed failed -> throw new IllegalStateException("not an answer");
            }
            arriving(answered.leased()).forEach(effects::arrived);
        }
        return checkout.storeLines(transaction, lines)
                .chain(() -> journal.post(transaction, postings))
                .chain(() -> store.finish(transaction, finished))
                .replaceWith(effects);
    }

    /** A session whose lines will never come is released too, to be held for an operator. */
    private static void withoutAnswer(Leased leased, List<SessionLines> lines) {
        switch (leased.kind()) {
            case SESSION_LINES ->
                lines.add(sessionLines(leased.question(), LinesSource.GONE, new LookupAnswer.Lines(List.of())));
            case INTENT_OWNER -> {}
            case BALANCE_TRANSACTION, CHARGE_REFUNDS, DISPUTE, INVOICE_LINES, WARNING_REFUND ->
                LOG.warnf(
                        "outcome=no-answer kind=%s eventId=%s",
                        leased.kind().token(), leased.question().eventId());
        }
    }

    private Uni<Void> postponeFailed(List<Answered> answers) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Answered answered : answers) {
            if (answered.answer() instanceof LookupAnswer.Failed(String reason)) {
                Leased leased = answered.leased();
                metrics.counter("lookups.failed", "reason", reason).increment();
                LOG.warnf("outcome=asked-later errorCode=%s", reason);
                all = all.chain(() -> store.postpone(leased.question(), backoff.after(leased.attempts())));
            }
        }
        return all;
    }

    private String outcome(LookupAnswer answer) {
        String outcome = switch (answer) {
            case LookupAnswer.Fee fee -> "done";
            case LookupAnswer.Lines lines -> "done";
            case LookupAnswer.Objects _ -> "done";
            case LookupAnswer.Gone gone -> "gone";
            case LookupAnswer.Unusable unusable -> "unusable";
            case LookupAnswer.Failed failed -> throw new IllegalStateException("not an answer");
        };
        metrics.counter("lookups.answered", "outcome", outcome).increment();
        return outcome;
    }

    private static SessionLines sessionLines(Question question, LinesSource source, LookupAnswer.Lines found) {
        return new SessionLines(question.account(), question.objectId(), source, found.lines());
    }

    /** What waits for the answer, whatever it is. */
    private static Set<String> arriving(Leased leased) {
        Question question = leased.question();
        return switch (leased.kind()) {
            case SESSION_LINES -> Set.of(Subjects.lines(question.account(), question.objectId()));
            case INVOICE_LINES -> Set.of(Subjects.invoiceLines(question.account(), question.objectId()));
            case INTENT_OWNER -> Set.of(Subjects.intentOwner(question.account(), question.objectId()));
            case BALANCE_TRANSACTION, CHARGE_REFUNDS, DISPUTE, WARNING_REFUND -> Set.of();
        };
    }
}

package dev.quittance.billing.reconciliation;

import dev.quittance.billing.lookup.LookupConfig;
import dev.quittance.billing.lookup.LookupStore;
import dev.quittance.billing.lookup.LookupStore.Question;
import dev.quittance.billing.reconciliation.DifferenceStore.Matched;
import dev.quittance.billing.reconciliation.ReconciliationStore.Run;
import dev.quittance.billing.reconciliation.StripeMovements.Page;
import dev.quittance.foundation.failure.Failures;
import dev.quittance.foundation.loop.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Goes through Stripe's list a page at a time: asked outside any transaction, compared and remembered in one. A fee that is
 * missing is asked for again, and a dispute that moved what is not booked is read from Stripe; everything else that differs
 * waits for a person, named.
 */
@ApplicationScoped
class ReconciliationJob {
    private static final Logger LOG = Logger.getLogger(ReconciliationJob.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Pool pool;
    private final ReconciliationStore runs;
    private final DifferenceStore differences;
    private final LookupStore lookups;
    private final ReconciliationConfig config;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Optional<StripeMovements> stripe;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ReconciliationJob(
            Pool pool,
            ReconciliationStore runs,
            DifferenceStore differences,
            LookupStore lookups,
            ReconciliationConfig config,
            LookupConfig stripeConfig,
            MeterRegistry metrics,
            InstantSource clock) {
        this.pool = pool;
        this.runs = runs;
        this.differences = differences;
        this.lookups = lookups;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.backoff = new Backoff(FIRST_PAUSE, config.backoffMax());
        for (Difference.Kind kind : Difference.Kind.values()) {
            metrics.counter("reconciliation.discrepancies", "class", kind.name());
        }
        this.stripe = stripeConfig.apiKey().map(key -> new StripeMovements(key, stripeConfig));
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    boolean canAsk() {
        return stripe.isPresent();
    }

    @Scheduled(every = "${quittance.reconciliation.every:24h}", delayed = "${quittance.reconciliation.delay:10m}")
    Uni<Void> begin() {
        Instant to = clock.instant().minus(config.grace());
        return stripe.isEmpty()
                ? Uni.createFrom().voidItem()
                : askOfDisputes()
                        .chain(runs::accounts)
                        .chain(accounts -> Multi.createFrom()
                                .iterable(accounts)
                                .onItem()
                                .transformToUniAndConcatenate(
                                        account -> runs.begin(account, null, to.minus(config.window()), to))
                                .collect()
                                .last())
                        .replaceWithVoid();
    }

    /** A verdict moves no money when the bank had it already: no balance shows that its event did not come. */
    private Uni<Void> askOfDisputes() {
        String turn = "verdict-" + LocalDate.now(ZoneOffset.UTC);
        return differences
                .overdueDisputes(config.disputesOverdue())
                .chain(overdue -> pool.withTransaction(transaction -> lookups.ask(
                        transaction,
                        overdue.stream()
                                .map(one -> Question.dispute(one.account(), one.id(), turn, "reconciliation"))
                                .toList())));
    }

    @Scheduled(every = "${quittance.reconciliation.turn:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> goOn() {
        if (stripe.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return runs.take(config.lease())
                .chain(run -> run.isEmpty() ? Uni.createFrom().voidItem() : page(run.get()))
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=reconciled-later errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> page(Run run) {
        StripeMovements client = stripe.orElseThrow();
        return Uni.createFrom()
                .item(() -> client.next(run))
                .runSubscriptionOn(threads)
                .chain(page -> pool.withTransaction(transaction -> apply(transaction, run, page)))
                .onFailure()
                .call(_ -> runs.postpone(run, backoff.after(run.attempts())));
    }

    private Uni<Void> apply(SqlConnection transaction, Run run, Page page) {
        String last = page.movements().isEmpty()
                ? run.nextAfter()
                : page.movements().getLast().id();
        return runs.goOn(transaction, run, last, page.movements().size())
                .chain(isOurs -> isOurs
                        ? compare(transaction, run, page.movements())
                                .chain(() -> runs.beginPayouts(transaction, run.account(), page.payouts()))
                                .chain(() -> page.hasMore() ? Uni.createFrom().voidItem() : finish(transaction, run))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> compare(SqlConnection transaction, Run run, List<Movement> movements) {
        List<String> keys = movements.stream()
                .flatMap(movement -> ReconciliationRules.keys(run.account(), movement).stream())
                .toList();
        return differences.booked(transaction, keys).chain(booked -> write(transaction, run, movements, booked));
    }

    private Uni<Void> write(
            SqlConnection transaction, Run run, List<Movement> movements, Map<String, List<Booked>> booked) {
        List<Matched> matched = new ArrayList<>();
        List<Difference> found = new ArrayList<>();
        List<String> agreed = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        for (Movement movement : movements) {
            List<Booked> entries = ReconciliationRules.keys(run.account(), movement).stream()
                    .flatMap(key -> booked.getOrDefault(key, List.of()).stream())
                    .toList();
            matched.add(new Matched(movement, ReconciliationRules.sum(movement, entries)));
            Optional<Difference> difference = ReconciliationRules.compare(movement, entries);
            difference.ifPresentOrElse(found::add, () -> agreed.add(movement.id()));
            entries.forEach(entry -> agreed.add(entry.businessKey()));
            if (difference.isPresent() && difference.get().kind().isHealed()) {
                questions.add(
                        Question.balanceTransaction(run.account(), movement.id(), "reconciliation:" + run.runId()));
            }
            difference
                    .flatMap(one -> ReconciliationRules.missedDispute(movement, one))
                    .ifPresent(dispute -> questions.add(
                            Question.dispute(run.account(), dispute, movement.id(), "reconciliation:" + run.runId())));
        }
        return differences
                .insert(transaction, run, matched)
                .chain(() -> note(transaction, run, found))
                .chain(() -> differences.settle(transaction, agreed))
                .chain(() -> lookups.ask(transaction, questions));
    }

    private Uni<Void> finish(SqlConnection transaction, Run run) {
        String payout = run.payoutId();
        Uni<List<Difference>> last = payout == null
                ? differences.notAtStripe(
                        transaction,
                        run.account(),
                        Objects.requireNonNull(run.from()),
                        Objects.requireNonNull(run.to()))
                : differences.payout(transaction, run, payout);
        return last.chain(found -> note(transaction, run, found)
                        .chain(() -> payout != null && found.isEmpty()
                                ? differences.settle(transaction, List.of(payout))
                                : Uni.createFrom().voidItem()))
                .chain(() -> runs.finish(transaction, run))
                .invoke(() -> LOG.infof("outcome=reconciled run=%d", run.runId()));
    }

    /** Counted before the commit: a page that is tried again counts again. */
    private Uni<Void> note(SqlConnection transaction, Run run, List<Difference> found) {
        found.forEach(difference -> metrics.counter(
                        "reconciliation.discrepancies",
                        "class",
                        difference.kind().name())
                .increment());
        return found.isEmpty() ? Uni.createFrom().voidItem() : differences.upsert(transaction, run, found);
    }
}

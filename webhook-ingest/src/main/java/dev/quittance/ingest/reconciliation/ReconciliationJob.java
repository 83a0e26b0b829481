package dev.quittance.ingest.reconciliation;

import dev.quittance.contracts.stripe.EnvelopeVerdict;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.ingest.config.IngestConfig;
import dev.quittance.ingest.eventlog.EventSourceStore;
import dev.quittance.ingest.feed.EventFeed;
import dev.quittance.ingest.feed.FedEvent;
import dev.quittance.ingest.publish.Destination;
import dev.quittance.ingest.publish.Origin;
import dev.quittance.ingest.stripe.EventPage;
import dev.quittance.ingest.stripe.StripeApi;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Goes through Stripe's list a page at a time and lays down what the log has not; then publishes that, oldest first. Each page and
 * each chunk is a checkpoint: killed in the middle, it goes on there.
 */
@ApplicationScoped
class ReconciliationJob {
    private static final Logger LOG = Logger.getLogger(ReconciliationJob.class);
    private static final String ITSELF = "schedule";
    private static final String OUR_OWN = "";

    private final Pool pool;
    private final ReconciliationStore runs;
    private final MissingStore missing;
    private final EventSourceStore log;
    private final EventFeed feed;
    private final StripeApi stripe;
    private final ReconciliationConfig config;
    private final InstantSource clock;
    private final boolean livemode;

    ReconciliationJob(
            Pool pool,
            ReconciliationStore runs,
            MissingStore missing,
            EventSourceStore log,
            EventFeed feed,
            StripeApi stripe,
            ReconciliationConfig config,
            IngestConfig ingest,
            InstantSource clock) {
        this.pool = pool;
        this.runs = runs;
        this.missing = missing;
        this.log = log;
        this.feed = feed;
        this.stripe = stripe;
        this.config = config;
        this.clock = clock;
        this.livemode = ingest.livemode();
    }

    @Scheduled(
            every = "${quittance.reconciliation.undelivered-every:10m}",
            delayed = "${quittance.reconciliation.delay:2m}")
    Uni<Void> beginUndelivered() {
        return begin(Scope.UNDELIVERED, config.undeliveredWindow());
    }

    @Scheduled(every = "${quittance.reconciliation.all-every:1h}", delayed = "${quittance.reconciliation.delay:2m}")
    Uni<Void> beginAll() {
        return begin(Scope.ALL, config.allWindow());
    }

    private Uni<Void> begin(Scope scope, Duration window) {
        Instant to = clock.instant().minus(config.grace());
        if (!stripe.canAsk()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .items(Stream.concat(Stream.of(OUR_OWN), config.accounts().orElse(List.of()).stream()))
                .onItem()
                .transformToUniAndConcatenate(account -> runs.begin(ITSELF, account, scope, to.minus(window), to))
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(
            every = "${quittance.reconciliation.turn:1s}",
            // The channels are not there at once.
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return Multi.createBy()
                .repeating()
                .uni(this::step)
                .whilst(Boolean::booleanValue)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.debugf(
                        "outcome=reconciliation-waits errorCode=%s",
                        failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull();
    }

    /** One page or one chunk; whether to go on at once. */
    Uni<Boolean> step() {
        if (!stripe.canAsk()) {
            return Uni.createFrom().item(false);
        }
        return runs.take(config.lease()).chain(taken -> {
            if (taken.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            Run run = taken.get();
            return (run.isListing() ? list(run) : publish(run))
                    .onFailure()
                    .recoverWithUni(failure -> postpone(run, failure));
        });
    }

    private Uni<Boolean> list(Run run) {
        return stripe.get("/v1/events", parameters(run), run.account().isEmpty() ? null : run.account())
                .map(EventPage::read)
                .map(page -> ListedPage.of(page, run))
                .chain(page -> log.known(run.account(), page.ids()).chain(known -> write(run, page, known)));
    }

    private Uni<Boolean> write(Run run, ListedPage page, Set<String> known) {
        List<Missing> unknown = page.events().stream()
                .filter(event -> !known.contains(event.eventId()))
                .toList();
        return pool.withTransaction(transaction -> runs.goOn(transaction, run, page.toStore(unknown.size()))
                        .chain(isOurs -> isOurs
                                ? missing.insert(transaction, run, unknown)
                                : Uni.createFrom().voidItem()))
                .replaceWith(true);
    }

    private Uni<Boolean> publish(Run run) {
        return missing.next(run, EventFeed.EVENTS_MAX)
                .chain(found -> found.isEmpty()
                        ? runs.finish(run).invoke(() -> tell(run)).replaceWith(true)
                        : publish(run, EventFeed.fitting(found, event -> event.body().length)));
    }

    /** Stripe may have come again since the list was read. */
    private Uni<Boolean> publish(Run run, List<Missing> chunk) {
        return log.known(run.account(), chunk.stream().map(Missing::eventId).toList())
                .chain(known -> {
                    List<String> out = new ArrayList<>();
                    List<FedEvent> events = new ArrayList<>();
                    for (Missing event : chunk) {
                        if (!known.contains(event.eventId())
                                && StripeEnvelope.read(event.body())
                                        instanceof EnvelopeVerdict.Readable(StripeEnvelope envelope)) {
                            out.add(event.eventId());
                            events.add(new FedEvent(Destination.of(envelope, livemode), envelope, event.body(), null));
                        }
                    }
                    return feed.publish(events, Origin.reconciliation(run.id())).chain(allThere -> {
                        if (!allThere) {
                            return Uni.createFrom().failure(new StripeApi.Unanswered("BROKER_UNAVAILABLE", null));
                        }
                        return pool.withTransaction(transaction -> missing.settle(transaction, run, out, "published")
                                        .chain(() -> missing.settle(transaction, run, known, "arrived"))
                                        .chain(() -> runs.count(transaction, run, out.size(), known.size())))
                                .replaceWith(true);
                    });
                });
    }

    private Uni<Boolean> postpone(Run run, Throwable failure) {
        @Nullable Duration wanted = failure instanceof StripeApi.Unanswered unanswered ? unanswered.retryAfter() : null;
        String code = failure instanceof StripeApi.Unanswered unanswered
                ? String.valueOf(unanswered.getMessage())
                : failure.getClass().getSimpleName();
        LOG.warnf("outcome=reconciled-later run=%d errorCode=%s", run.id(), code);
        return runs.postpone(run, wanted == null ? run.pause(config.backoffMax()) : wanted, code)
                .replaceWith(false);
    }

    private static Map<String, String> parameters(Run run) {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "limit", "100",
                "created[gte]", Long.toString(run.from().getEpochSecond()),
                "created[lt]", Long.toString(run.to().getEpochSecond())));
        if (run.scope() == Scope.UNDELIVERED) {
            parameters.put("delivery_success", "false");
        }
        if (run.nextAfter() != null) {
            parameters.put("starting_after", run.nextAfter());
        }
        return parameters;
    }

    private static void tell(Run run) {
        if (run.missing() > 0) {
            LOG.warnf("outcome=reconciled run=%d missing=%d", run.id(), run.missing());
        }
    }
}

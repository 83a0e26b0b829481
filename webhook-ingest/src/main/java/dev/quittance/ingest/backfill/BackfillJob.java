package dev.quittance.ingest.backfill;

import dev.quittance.ingest.config.IngestConfig;
import dev.quittance.ingest.feed.EventFeed;
import dev.quittance.ingest.feed.FedEvent;
import dev.quittance.ingest.publish.Origin;
import dev.quittance.ingest.stripe.EventPage;
import dev.quittance.ingest.stripe.StripeApi;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Goes through Stripe's lists a page at a time: once to count, and once to publish what is there. Each page is a checkpoint; one that
 * goes out twice after a kill is what every reader takes for what it is.
 */
@ApplicationScoped
class BackfillJob {
    private static final Logger LOG = Logger.getLogger(BackfillJob.class);
    private static final String PAGE = "100";

    private final BackfillStore backfills;
    private final StripeApi stripe;
    private final EventFeed feed;
    private final BackfillConfig config;
    private final boolean livemode;

    BackfillJob(BackfillStore backfills, StripeApi stripe, EventFeed feed, BackfillConfig config, IngestConfig ingest) {
        this.backfills = backfills;
        this.stripe = stripe;
        this.feed = feed;
        this.config = config;
        this.livemode = ingest.livemode();
    }

    @Scheduled(
            every = "${quittance.backfill.turn:1s}",
            // The channels are not there at once.
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return Multi.createBy()
                .repeating()
                .uni(this::stepAndRest)
                .whilst(Boolean::booleanValue)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.debugf(
                        "outcome=backfill-waits errorCode=%s",
                        failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Boolean> stepAndRest() {
        return step().chain(goesOn -> goesOn
                ? Uni.createFrom().item(true).onItem().delayIt().by(config.pause())
                : Uni.createFrom().item(false));
    }

    /** One page; whether to go on. */
    Uni<Boolean> step() {
        if (!stripe.canAsk()) {
            return Uni.createFrom().item(false);
        }
        return backfills.take(config.lease()).chain(taken -> {
            if (taken.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            Backfill backfill = taken.get();
            return page(backfill)
                    .chain(page -> act(backfill, page))
                    .onFailure()
                    .recoverWithUni(failure -> postpone(backfill, failure));
        });
    }

    private Uni<SnapshotPage> page(Backfill backfill) {
        String account = backfill.account();
        return stripe.get(backfill.subject().path(), parameters(backfill), account.isEmpty() ? null : account)
                .map(EventPage::read)
                .map(page -> SnapshotPage.of(page, account, livemode));
    }

    private Uni<Boolean> act(Backfill backfill, SnapshotPage page) {
        Place next = BackfillRules.next(backfill, page.last(), page.hasMore());
        if (backfill.place().state() == State.COUNTING) {
            return backfills.goOn(backfill, next, page.listed(), 0, 0).replaceWith(true);
        }
        return publish(page.events(), Origin.backfill(backfill.id()))
                .chain(allThere -> allThere
                        ? backfills
                                .goOn(backfill, next, 0, page.events().size(), page.unreadable())
                                .invoke(() -> tell(backfill, next))
                                .replaceWith(true)
                        : Uni.createFrom().failure(new StripeApi.Unanswered("BROKER_UNAVAILABLE", null)));
    }

    private Uni<Boolean> publish(List<FedEvent> events, Origin origin) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(true);
        }
        List<FedEvent> chunk = EventFeed.fitting(events, event -> event.body().length);
        return feed.publish(chunk, origin)
                .chain(allThere -> allThere
                        ? publish(events.subList(chunk.size(), events.size()), origin)
                        : Uni.createFrom().item(false));
    }

    private Uni<Boolean> postpone(Backfill backfill, Throwable failure) {
        @Nullable Duration wanted = failure instanceof StripeApi.Unanswered unanswered ? unanswered.retryAfter() : null;
        String code = failure instanceof StripeApi.Unanswered unanswered
                ? String.valueOf(unanswered.getMessage())
                : failure.getClass().getSimpleName();
        LOG.warnf("outcome=backfilled-later backfill=%d errorCode=%s", backfill.id(), code);
        return backfills
                .postpone(backfill, wanted == null ? backfill.pause(config.backoffMax()) : wanted, code)
                .replaceWith(false);
    }

    private static Map<String, String> parameters(Backfill backfill) {
        Map<String, String> parameters = new HashMap<>(Map.of("limit", PAGE));
        if (backfill.subject() == Subject.SUBSCRIPTIONS) {
            // What has ended counts too: its trial was had.
            parameters.put("status", "all");
        }
        String after = backfill.place().after();
        if (after != null) {
            parameters.put("starting_after", after);
        }
        return parameters;
    }

    private static void tell(Backfill backfill, Place next) {
        if (next.state() == State.DONE) {
            LOG.infof("outcome=backfilled backfill=%d", backfill.id());
        }
    }
}

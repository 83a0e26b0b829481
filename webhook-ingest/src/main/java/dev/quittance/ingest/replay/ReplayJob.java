package dev.quittance.ingest.replay;

import dev.quittance.contracts.stripe.EnvelopeVerdict;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.foundation.failure.Failures;
import dev.quittance.ingest.eventlog.EventSourceStore;
import dev.quittance.ingest.eventlog.EventSourceStore.Source;
import dev.quittance.ingest.feed.EventFeed;
import dev.quittance.ingest.feed.FedEvent;
import dev.quittance.ingest.publish.Destination;
import dev.quittance.ingest.publish.Origin;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Publishes what was asked for, chunk by chunk in the log's order. Killed in the middle, it goes on at the last chunk; what goes out
 * twice by that is what every reader takes for what it is.
 */
@ApplicationScoped
class ReplayJob {
    private static final Logger LOG = Logger.getLogger(ReplayJob.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ReplayStore replays;
    private final EventSourceStore log;
    private final EventFeed feed;

    ReplayJob(ReplayStore replays, EventSourceStore log, EventFeed feed) {
        this.replays = replays;
        this.log = log;
        this.feed = feed;
    }

    @Scheduled(
            every = "${quittance.replay.every:1s}",
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
                .invoke(failure -> LOG.debugf("outcome=replay-waits errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull();
    }

    /** One chunk of the replay that has waited longest; whether to go on at once. */
    Uni<Boolean> step() {
        return replays.take(LEASE)
                .chain(taken -> taken.isEmpty()
                        ? Uni.createFrom().item(false)
                        : log.next(
                                        taken.get().query(),
                                        taken.get().nextAfter(),
                                        taken.get().through(),
                                        EventFeed.EVENTS_MAX)
                                .chain(found -> publish(taken.get(), found)));
    }

    private Uni<Boolean> publish(Replay replay, List<Source> found) {
        if (found.isEmpty()) {
            return replays.advance(replay, replay.nextAfter(), 0, 0, true).replaceWith(true);
        }
        List<Source> chunk = EventFeed.fitting(found, ReplayJob::bytes);
        List<FedEvent> events = new ArrayList<>();
        for (Source source : chunk) {
            if (source.body() != null
                    && StripeEnvelope.read(source.body())
                            instanceof EnvelopeVerdict.Readable(StripeEnvelope envelope)) {
                Destination destination = source.isSetAside() ? Destination.SET_ASIDE : Destination.EVENTS;
                events.add(new FedEvent(destination, envelope, source.body(), source.traceparent()));
            }
        }
        return feed.publish(events, Origin.replay(replay.id()))
                .chain(allThere -> allThere
                        ? replays.advance(
                                        replay,
                                        chunk.getLast().position(),
                                        events.size(),
                                        chunk.size() - (long) events.size(),
                                        false)
                                .replaceWith(true)
                        : replays.postpone(replay, PAUSE).replaceWith(false));
    }

    private static int bytes(Source source) {
        return source.body() == null ? 0 : source.body().length;
    }
}

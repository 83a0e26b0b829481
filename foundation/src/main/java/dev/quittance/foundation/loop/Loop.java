package dev.quittance.foundation.loop;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.failure.Failures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes one turn after the other, never two at once, whatever comes of them: what fails is tried again for ever. It owns no
 * thread: between turns it is a timer.
 */
public final class Loop {
    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final String outcome;
    private final Pace pace;
    // All that follows is read and written under the loop's own lock: for so short that an event loop may wait for it.
    private long timer = NO_TIMER;
    private boolean woken;
    private boolean rests;
    private int failures;
    // What is not running has no turn to take.
    private @Nullable Supplier<Uni<Boolean>> turn;

    /** @param outcome what the log says where a turn failed */
    public Loop(Vertx vertx, String outcome, Pace pace) {
        this.vertx = requireNonNull(vertx, "vertx is null");
        this.outcome = requireNonNull(outcome, "outcome is null");
        this.pace = requireNonNull(pace, "pace is null");
    }

    /** @param next takes a turn, and says whether to take another at once */
    public synchronized void start(Supplier<Uni<Boolean>> next) {
        turn = requireNonNull(next, "next is null");
        turnAfter(pace.first());
    }

    /** Takes no more turns; one that is under way is not disturbed. */
    public synchronized void stop() {
        turn = null;
        cancelNext();
    }

    /** There may be something to do: do not wait for the next turn, unless that is about to come after a rest. */
    public synchronized void wake() {
        woken = true;
        if (!rests && cancelNext()) {
            turnAfter(Pace.AT_ONCE);
        }
    }

    /** A turn's work on what it took, one after the other; whether there was any. */
    public static <T> Uni<Boolean> oneByOne(List<T> taken, Function<T, Uni<Void>> work) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (T one : taken) {
            all = all.chain(() -> work.apply(one));
        }
        return all.replaceWith(!taken.isEmpty());
    }

    private synchronized boolean cancelNext() {
        return timer != NO_TIMER && vertx.cancelTimer(timer);
    }

    private synchronized void turnAfter(Duration delay) {
        if (turn != null) {
            timer = vertx.setTimer(Math.max(delay.toMillis(), 1), _ -> takeTurn());
        }
    }

    private void takeTurn() {
        Supplier<Uni<Boolean>> now = begin();
        if (now != null) {
            // The loop's one subscription: it ends in the next turn, whatever comes of this one.
            Uni.createFrom()
                    .deferred(now::get)
                    .map(Boolean.TRUE::equals)
                    .subscribe()
                    .with(this::next, this::later);
        }
    }

    private synchronized @Nullable Supplier<Uni<Boolean>> begin() {
        timer = NO_TIMER;
        woken = false;
        rests = false;
        return turn;
    }

    private synchronized void next(boolean more) {
        failures = 0;
        rests = more || woken;
        turnAfter(rests ? pace.again() : pace.idle());
    }

    private synchronized void later(Throwable failure) {
        LOG.warnf("outcome=%s errorCode=%s", outcome, Failures.code(failure));
        failures = Math.min(failures, Integer.MAX_VALUE - 1) + 1;
        turnAfter(pace.retry().after(failures));
    }
}

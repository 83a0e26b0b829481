package dev.quittance.localstack.simulator.world;

import dev.quittance.localstack.simulator.rest.StripeFailure;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What will happen when its time comes; moving the clock makes all of it happen, in order, each at its own moment. */
public final class Agenda {
    /** One move of the clock does so much; the rest follows with the next. */
    public static final int RUN_MAX = 20_000;

    public static final Duration MOVE_MAX = Duration.ofDays(3_660);

    private static final System.Logger LOG = System.getLogger(Agenda.class.getName());

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
    private final SimClock clock;
    private long numbers;

    /** @param number keeps what is due at the same moment in the order in which it was noted */
    private record Entry(Instant at, long number, Runnable action) {}

    public Agenda(SimClock clock) {
        this.clock = clock;
    }

    /** The action looks itself whether it is still wanted: nothing is taken off the agenda. */
    public void at(Instant moment, Runnable action) {
        entries.add(new Entry(moment, numbers++, action));
    }

    public void atSecond(long epochSecond, Runnable action) {
        at(Instant.ofEpochSecond(epochSecond), action);
    }

    /** Does what real time has made due. */
    public void runDue() {
        runUntil(clock.instant());
    }

    /** Moves the clock ahead; returns how many things happened on the way. */
    public int advance(Duration by) {
        if (by.isNegative() || by.compareTo(MOVE_MAX) > 0) {
            throw StripeFailure.invalid(
                    "parameter_invalid",
                    "by",
                    "The clock moves ahead only, by at most " + MOVE_MAX.toDays() + " days.");
        }
        return runUntil(clock.instant().plus(by));
    }

    private int runUntil(Instant target) {
        int done = 0;
        try {
            while (done < RUN_MAX) {
                Entry next = entries.peek();
                if (next == null || next.at().isAfter(target)) {
                    break;
                }
                entries.remove();
                clock.standAt(next.at());
                done++;
                run(next.action());
            }
        } finally {
            clock.runOnFrom(target);
        }
        return done;
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (StripeFailure gone) {
            // Of each kind the oldest objects are forgotten; what was to happen to them does not happen.
            LOG.log(Level.DEBUG, "something due could not be done: {0}", gone.getMessage());
        }
    }
}

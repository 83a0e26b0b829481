package dev.quittance.localstack.supervisor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often a component died of late: the rule for when starting it again is of no use. */
final class Deaths {
    static final int MAX = 5;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Deque<Instant> recent = new ArrayDeque<>();

    void add(Instant when) {
        recent.addLast(when);
        while (recent.getFirst().isBefore(when.minus(WINDOW))) {
            recent.removeFirst();
        }
    }

    boolean isHopeless() {
        return recent.size() >= MAX;
    }

    /** Grows with each death, so that what it waits for (a port, a lock of its dead self) may come free. */
    Duration pauseBeforeRestart() {
        return PAUSE.multipliedBy(recent.size());
    }
}

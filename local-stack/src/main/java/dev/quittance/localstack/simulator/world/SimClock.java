package dev.quittance.localstack.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The simulated account's time: real time, moved ahead by whoever does not want to wait a month for a renewal. */
public final class SimClock implements InstantSource {
    private final InstantSource real;
    private Duration ahead = Duration.ZERO;
    private @Nullable Instant standing;

    public SimClock(InstantSource real) {
        this.real = Objects.requireNonNull(real, "real is null");
    }

    @Override
    public Instant instant() {
        return standing == null ? real.instant().plus(ahead) : standing;
    }

    public long seconds() {
        return instant().getEpochSecond();
    }

    Duration ahead() {
        return ahead;
    }

    /** What is due happens at its own moment, however late it is done. */
    void standAt(Instant moment) {
        standing = moment;
    }

    void runOnFrom(Instant moment) {
        standing = null;
        Duration wanted = Duration.between(real.instant(), moment);
        ahead = wanted.compareTo(ahead) > 0 ? wanted : ahead;
    }
}

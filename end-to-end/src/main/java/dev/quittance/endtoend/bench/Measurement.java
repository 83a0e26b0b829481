package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.bench.CpuSampler.Usage;
import dev.quittance.endtoend.bench.Timeline.Window;
import dev.quittance.localstack.postgres.PostgresServer;
import java.time.Duration;
import java.util.Map;

/**
 * One run of one arm.
 *
 * @param processors of the machine
 * @param isTrue whether the books say afterwards what they must
 */
record Measurement(Arm arm, Window window, Usage usage, int processors, boolean isTrue) {
    Measurement {
        usage = new Usage(Map.copyOf(usage.parts()), usage.machine());
    }

    double eventsPerSecond() {
        return window.eventsPerSecond();
    }

    /** Processor time an event of the service's JVM, or of pgbench. */
    double clientMicros() {
        return microsPerEvent(usage.parts().getOrDefault(arm.process(), Duration.ZERO));
    }

    /** Processor time an event of all of Postgres' processes. */
    double postgresMicros() {
        return microsPerEvent(usage.parts().getOrDefault(PostgresServer.NAME, Duration.ZERO));
    }

    /** Which part of the machine others took. */
    double foreignShare() {
        double capacity = (double) window.length().toNanos() * processors;
        return usage.foreign().toNanos() / capacity;
    }

    private double microsPerEvent(Duration used) {
        return used.toNanos() / 1e3 / window.events();
    }
}

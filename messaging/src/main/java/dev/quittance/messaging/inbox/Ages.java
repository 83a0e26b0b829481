package dev.quittance.messaging.inbox;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How old records are when their effects commit, and how old the oldest is of those in hand. A count would not tell. */
final class Ages {
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30)
    };

    private final Clock clock;
    private final Timer latency;
    /** Each poll in hand with the time of its oldest record. */
    private final Map<Object, Long> inHand = new ConcurrentHashMap<>();

    Ages(MeterRegistry metrics) {
        this.clock = metrics.config().clock();
        this.latency = Timer.builder("inbox.latency")
                .description("from a record's time to the commit of its effects")
                .serviceLevelObjectives(BOUNDS)
                .register(metrics);
        Gauge.builder("inbox.oldest.age", this, Ages::oldestSeconds)
                .baseUnit("seconds")
                .description("age of the oldest record that was read and is not applied yet")
                .strongReference(true)
                .register(metrics);
    }

    /** Watches the records while the work is done, and again after each try of it that fails. */
    Uni<Void> watch(List<ConsumerRecord<String, byte[]>> records, Supplier<Uni<Void>> work) {
        long oldest = records.stream()
                .mapToLong(ConsumerRecord::timestamp)
                .filter(time -> time >= 0)
                .min()
                .orElse(Long.MAX_VALUE);
        if (oldest == Long.MAX_VALUE) {
            return work.get();
        }
        Object poll = new Object();
        return Uni.createFrom()
                .deferred(() -> {
                    inHand.put(poll, oldest);
                    return work.get();
                })
                .invoke(() -> applied(records))
                .onTermination()
                .invoke(() -> inHand.remove(poll));
    }

    private void applied(List<ConsumerRecord<String, byte[]>> records) {
        long now = clock.wallTime();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.timestamp() >= 0) {
                latency.record(Math.max(0, now - record.timestamp()), TimeUnit.MILLISECONDS);
            }
        }
    }

    private double oldestSeconds() {
        long now = clock.wallTime();
        long oldest = inHand.values().stream().mapToLong(Long::longValue).min().orElse(now);
        return Math.max(0, now - oldest) / 1000.0;
    }
}

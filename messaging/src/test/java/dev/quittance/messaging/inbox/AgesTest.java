package dev.quittance.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AgesTest {
    private final AtomicLong now = new AtomicLong(100_000);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new Clock() {
        @Override
        public long wallTime() {
            return now.get();
        }

        @Override
        public long monotonicTime() {
            return TimeUnit.MILLISECONDS.toNanos(now.get());
        }
    });
    private final Ages ages = new Ages(metrics);

    @Test
    void theOldestRecordInHandGrowsOlderWhileItIsNotApplied() {
        // Given
        AtomicLong seconds = new AtomicLong();

        // When
        ages.watch(List.of(record(90_000), record(95_000)), () -> {
                    now.addAndGet(5_000);
                    seconds.set(Math.round(oldest()));
                    return Uni.createFrom().voidItem();
                })
                .await()
                .indefinitely();

        // Then
        assertThat(seconds).hasValue(15);
        assertThat(oldest()).isZero();
    }

    @Test
    void theLatencyIsFromTheRecordsTimeToItsCommit() {
        // When
        ages.watch(
                        List.of(record(90_000), record(ConsumerRecord.NO_TIMESTAMP)),
                        () -> Uni.createFrom().voidItem())
                .await()
                .indefinitely();

        // Then
        assertThat(metrics.get("inbox.latency").timer().count()).isOne();
        assertThat(metrics.get("inbox.latency").timer().totalTime(TimeUnit.SECONDS))
                .isCloseTo(10.0, within(0.001));
    }

    @Test
    void whatFailedWasNotApplied() {
        // When
        ages.watch(List.of(record(90_000)), () -> Uni.createFrom().failure(new IllegalStateException("down")))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();

        // Then
        assertThat(metrics.get("inbox.latency").timer().count()).isZero();
        assertThat(oldest()).isZero();
    }

    private double oldest() {
        return metrics.get("inbox.oldest.age").gauge().value();
    }

    private static ConsumerRecord<String, byte[]> record(long timestamp) {
        return new ConsumerRecord<>(
                "t",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}

package dev.quittance.messaging.offset;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits what is applied, every second and before a partition leaves us. A channel asks for it with {@code commit-strategy=applied}.
 * The connector's own strategies either forget a commit that failed, or commit at every poll.
 */
final class AppliedCommits implements KafkaCommitHandler {
    static final String STRATEGY = "applied";

    private static final Logger LOG = Logger.getLogger(AppliedCommits.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** What cannot be told in this time is told again, or applied again by whoever comes next, without effect. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final AppliedOffsets offsets = new AppliedOffsets();
    private final AtomicBoolean isCommitting = new AtomicBoolean();
    private final Vertx vertx;
    private final KafkaConsumer<?, ?> consumer;
    private final long timer;

    private AppliedCommits(Vertx vertx, KafkaConsumer<?, ?> consumer) {
        this.vertx = vertx;
        this.consumer = consumer;
        this.timer = vertx.setPeriodic(EVERY.toMillis(), _ -> commitDue());
    }

    /** Found by the connector under the strategy's name. */
    @ApplicationScoped
    @Identifier(STRATEGY)
    static class Factory implements KafkaCommitHandler.Factory {
        @Override
        public KafkaCommitHandler create(
                KafkaConnectorIncomingConfiguration config,
                Vertx vertx,
                KafkaConsumer<?, ?> consumer,
                BiConsumer<Throwable, Boolean> reportFailure) {
            return new AppliedCommits(vertx, consumer);
        }
    }

    /** Of a poll, the last record of each partition comes here. */
    @Override
    public <K, V> Uni<IncomingKafkaRecord<K, V>> received(IncomingKafkaRecord<K, V> record) {
        offsets.received(partition(record), record.getOffset());
        return Uni.createFrom().item(record);
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
        offsets.applied(partition(record), record.getOffset());
        return Uni.createFrom().voidItem();
    }

    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> last = offsets.revoked(partitions);
        try {
            tell(consumer.unwrap(), last);
        } catch (KafkaException e) {
            LOG.warnf("outcome=not_committed errorCode=%s", e.getClass().getSimpleName());
        }
    }

    @Override
    public void terminate(boolean graceful) {
        vertx.cancelTimer(timer);
        try {
            commit().await().atMost(LAST_WORD);
        } catch (RuntimeException e) {
            LOG.warnf("outcome=not_committed errorCode=%s", e.getClass().getSimpleName());
        }
    }

    /** One at a time: while the broker is away they would queue up. What fails is still due the next time. */
    private void commitDue() {
        if (offsets.uncommitted().isEmpty() || !isCommitting.compareAndSet(false, true)) {
            return;
        }
        commit().onTermination()
                .invoke(() -> isCommitting.set(false))
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOG.warnf(
                                "outcome=commit_repeated errorCode=%s",
                                failure.getClass().getSimpleName()));
    }

    /** Looked up on the polling thread, where partitions come and go: one that has just left us must not be set back. */
    private Uni<Void> commit() {
        return consumer.runOnPollingThread(kafka -> {
            Map<TopicPartition, Long> due = offsets.uncommitted();
            tell(kafka, due);
            offsets.committed(due);
        });
    }

    private static void tell(Consumer<?, ?> kafka, Map<TopicPartition, Long> due) {
        if (!due.isEmpty()) {
            Map<TopicPartition, OffsetAndMetadata> map = new HashMap<>();
            due.forEach((partition, offset) -> map.put(partition, new OffsetAndMetadata(offset)));
            kafka.commitSync(map, LAST_WORD);
        }
    }

    private static TopicPartition partition(IncomingKafkaRecord<?, ?> record) {
        return new TopicPartition(record.getTopic(), record.getPartition());
    }
}

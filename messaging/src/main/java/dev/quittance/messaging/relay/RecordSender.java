package dev.quittance.messaging.relay;

import dev.quittance.messaging.config.DeliveryConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The service's one producer: acknowledged by all replicas, idempotent, in the order of the calls. */
@ApplicationScoped
public class RecordSender {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int DELIVERY_TIMEOUT_MS = 15_000;
    private static final int REQUEST_TIMEOUT_MS = 5_000;
    private static final int LINGER_MS = 2;

    private final Producer<String, byte[]> producer;
    private final String prefix;
    // One thread: a send may block for metadata, and two threads would lose the order.
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("record-sender").factory());

    /** @param broker everything under {@code kafka.}: where the brokers are, and how to log in there */
    @Inject
    public RecordSender(@Identifier("default-kafka-broker") Map<String, Object> broker, DeliveryConfig delivery) {
        this.prefix = delivery.topicPrefix().orElse("");
        this.producer = new KafkaProducer<>(
                settings(broker, delivery.group()), new StringSerializer(), new ByteArraySerializer());
    }

    /** For brokers that ask nobody who they are. */
    public RecordSender(String bootstrapServers, DeliveryConfig delivery) {
        this(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), delivery);
    }

    /** What is promised of every record holds whatever else is configured. */
    static Map<String, Object> settings(Map<String, Object> broker, String group) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.remove("group.id");
        settings.putAll(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                group + "-sender",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                REQUEST_TIMEOUT_MS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_TIMEOUT_MS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                DELIVERY_TIMEOUT_MS));
        return settings;
    }

    /** The topic's name in this installation. */
    public String topic(String name) {
        return prefix + name;
    }

    /** Completes when every record is acknowledged; fails when one is not, though others may be written. */
    public Uni<Void> send(List<ProducerRecord<String, byte[]>> records) {
        if (records.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().emitter(all -> thread.execute(() -> start(records, all)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells all that the future would
    private void start(List<ProducerRecord<String, byte[]>> records, UniEmitter<? super Void> all) {
        AtomicInteger missing = new AtomicInteger(records.size());
        try {
            for (ProducerRecord<String, byte[]> record : records) {
                producer.send(record, (_, failure) -> {
                    if (failure != null) {
                        all.fail(failure);
                    } else if (missing.decrementAndGet() == 0) {
                        all.complete(null);
                    }
                });
            }
        } catch (KafkaException | IllegalStateException failure) {
            all.fail(failure);
        }
    }

    public void stop(@Observes ShutdownEvent event) {
        producer.close(CLOSE_TIMEOUT);
        thread.shutdown();
    }
}

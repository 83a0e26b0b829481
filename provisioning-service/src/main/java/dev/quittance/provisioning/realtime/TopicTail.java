package dev.quittance.provisioning.realtime;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.config.DeliveryConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the services' topics to their end and stays there, all partitions in every pod and without a consumer group: a user's
 * stream may be open on any pod. Nothing is committed; what is kept is in memory, and what is true is in the database.
 */
@ApplicationScoped
public class TopicTail {
    private static final Logger LOG = Logger.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final List<String> TOPICS =
            List.of(Topics.PROVISIONING_EVENTS, Topics.BILLING_EVENTS, Topics.VOUCHER_EVENTS);

    private final Hub hub;
    private final StreamConfig config;
    private final String prefix;
    private final Map<String, Object> broker;
    private volatile boolean running;

    TopicTail(
            Hub hub,
            StreamConfig config,
            DeliveryConfig delivery,
            @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.hub = requireNonNull(hub, "hub is null");
        this.config = requireNonNull(config, "config is null");
        this.prefix = delivery.topicPrefix().orElse("");
        this.broker = requireNonNull(broker, "broker is null");
    }

    void start(@Observes StartupEvent event) {
        running = true;
        Thread.ofPlatform().daemon().name("stream-tail").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        running = false;
    }

    private void run() {
        while (running) {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(settings(broker), new StringDeserializer(), new ByteArrayDeserializer())) {
                tail(consumer);
            } catch (WakeupException | org.apache.kafka.common.errors.InterruptException _) {
                running = false;
            } catch (KafkaException failure) {
                LOG.warnf("outcome=tail-waits errorCode=%s", failure.getClass().getSimpleName());
                rest();
            }
        }
    }

    /**
     * Where the brokers are and how to log in there, as the other clients are told; but nobody's group, which the platform adds:
     * what is only looked at must never be committed for those who apply it.
     */
    static Map<String, Object> settings(Map<String, Object> broker) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.remove("group.id");
        settings.put("enable.auto.commit", false);
        settings.put("client.id", "provisioning-service-stream");
        return settings;
    }

    private void tail(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : TOPICS) {
            consumer.partitionsFor(prefix + topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                    .forEach(partitions::add);
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        long[] offsets = new long[partitions.size()];
        Map<TopicPartition, Integer> numbers = new HashMap<>();
        for (int i = 0; i < offsets.length; i++) {
            TopicPartition partition = partitions.get(i);
            numbers.put(partition, i);
            offsets[i] = Math.max(
                    requireNonNull(first.get(partition)), requireNonNull(end.get(partition)) - config.keptMax());
            consumer.seek(partition, offsets[i]);
        }
        hub.start(offsets);
        while (running) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                Integer number = numbers.get(new TopicPartition(record.topic(), record.partition()));
                hub.heard(requireNonNull(number), record.offset(), change(record));
            }
        }
    }

    private static Optional<Change> change(ConsumerRecord<String, byte[]> record) {
        Header type = record.headers().lastHeader(Headers.CE_TYPE);
        if (type == null || record.value() == null) {
            return Optional.empty();
        }
        try {
            return Change.of(EventCodec.read(new String(type.value(), StandardCharsets.UTF_8), record.value()));
        } catch (UnreadableEvent _) {
            // Whoever must act on it has a dead letter topic; here there is nobody to show it to.
            return Optional.empty();
        }
    }

    private void rest() {
        try {
            Thread.sleep(REST);
        } catch (InterruptedException _) {
            running = false;
        }
    }
}

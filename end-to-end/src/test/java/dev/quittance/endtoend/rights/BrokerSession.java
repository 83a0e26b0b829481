package dev.quittance.endtoend.rights;

import dev.quittance.localstack.kafka.BrokerUser;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One user at the guarded door. What is tried says how it went by a name: {@code allowed}, or the broker's own error. */
final class BrokerSession {
    static final String ALLOWED = "allowed";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final int ANSWER_MAX_MS = 20_000;

    private final Map<String, Object> settings;

    BrokerSession(String guardedServers, BrokerUser user) {
        this(guardedServers, user.settings());
    }

    /** @param login none at the stack's own door */
    BrokerSession(String bootstrapServers, Map<String, String> login) {
        settings = new HashMap<>(login);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("request.timeout.ms", ANSWER_MAX_MS);
        settings.put("default.api.timeout.ms", ANSWER_MAX_MS);
    }

    /** Written as services write: acknowledged by all, and once. */
    String write(String topic) {
        return tried(() -> {
            Map<String, Object> writing = new HashMap<>(settings);
            writing.putAll(Map.of("acks", "all", "enable.idempotence", true, "max.block.ms", ANSWER_MAX_MS));
            try (KafkaProducer<String, byte[]> producer =
                    new KafkaProducer<>(writing, new StringSerializer(), new ByteArraySerializer())) {
                return producer.send(new ProducerRecord<>(topic, "key", new byte[] {1}))
                        .get();
            }
        });
    }

    /** Read by partition and in nobody's group, as streams and thieves do; there must be something to read. */
    String read(String topic) {
        return tried(() -> {
            try (KafkaConsumer<String, byte[]> consumer = consumer(Map.of())) {
                TopicPartition partition = new TopicPartition(topic, 0);
                consumer.assign(List.of(partition));
                consumer.seek(partition, 0);
                long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
                while (consumer.poll(POLL).isEmpty()) {
                    requireTime(deadline);
                }
                return true;
            }
        });
    }

    /** Joined until all partitions are assigned, and committed. */
    String join(String group, Collection<String> topics) {
        return tried(() -> {
            Map<String, Object> joining = Map.of(
                    "group.id",
                    group,
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest",
                    "partition.assignment.strategy",
                    "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
            try (KafkaConsumer<String, byte[]> consumer = consumer(joining)) {
                consumer.subscribe(topics);
                long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
                while (!assigned(consumer).containsAll(topics)) {
                    consumer.poll(POLL);
                    requireTime(deadline);
                }
                consumer.commitSync(consumer.assignment().stream()
                        .collect(Collectors.toMap(each -> each, _ -> new OffsetAndMetadata(0))));
                return true;
            }
        });
    }

    /** Anything else, asked of the broker's administration. */
    String ask(Asking asking) {
        return tried(() -> {
            try (Admin admin = Admin.create(settings)) {
                return asking.of(admin);
            }
        });
    }

    interface Asking {
        Object of(Admin admin) throws ExecutionException, InterruptedException;
    }

    private KafkaConsumer<String, byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> reading = new HashMap<>(settings);
        reading.putAll(more);
        return new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Set<String> assigned(KafkaConsumer<?, ?> consumer) {
        Set<String> topics = new HashSet<>();
        consumer.assignment().forEach(partition -> topics.add(partition.topic()));
        return topics;
    }

    private static void requireTime(long deadline) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("the broker does not answer");
        }
    }

    private static String tried(Callable<?> action) {
        try {
            action.call();
            return ALLOWED;
        } catch (ExecutionException e) {
            return String.valueOf(
                    e.getCause() == null ? e : e.getCause().getClass().getSimpleName());
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }
}

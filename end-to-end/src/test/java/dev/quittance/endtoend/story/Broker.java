package dev.quittance.endtoend.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Kafka, seen from outside. */
final class Broker {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Properties properties = new Properties();

    Broker(String bootstrapServers) {
        properties.setProperty("bootstrap.servers", bootstrapServers);
    }

    /** Returns when every service has committed that it has read everything there is. */
    void awaitNothingUnread() {
        try (Admin admin = Admin.create(properties)) {
            await("every consumer to have read its topics to the end")
                    .atMost(StoryStack.PATIENCE)
                    .pollInterval(POLL)
                    .ignoreExceptionsMatching(failure -> failure instanceof ExecutionException)
                    .until(() -> unread(admin), Map::isEmpty);
        }
    }

    /** How many records lie in dead letter topics, by topic; topics without any are left out. */
    Map<String, Long> deadLetters() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(properties)) {
            List<TopicPartition> partitions = Topics.allDeadLetters().stream()
                    .map(topic -> new TopicPartition(topic, 0))
                    .toList();
            Map<String, Long> counts = new TreeMap<>();
            ends(admin, partitions).forEach((partition, end) -> {
                if (end > 0) {
                    counts.put(partition.topic(), end);
                }
            });
            return counts;
        }
    }

    /** The records of a topic that are wanted, as they lie there now. */
    List<ConsumerRecord<String, byte[]>> records(String topic, Predicate<ConsumerRecord<String, byte[]>> isWanted) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(POLL).forEach(record -> {
                    if (isWanted.test(record)) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private static Map<String, Long> unread(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, Long> unread = new TreeMap<>();
        Map<String, List<TopicPartition>> read = new HashMap<>();
        for (Topic topic : Topics.all()) {
            topic.groups()
                    .forEach(group -> read.computeIfAbsent(group, _ -> new ArrayList<>())
                            .addAll(IntStream.range(0, topic.partitions())
                                    .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                                    .toList()));
        }
        for (Map.Entry<String, List<TopicPartition>> group : read.entrySet()) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group.getKey())
                    .partitionsToOffsetAndMetadata()
                    .get();
            ends(admin, group.getValue()).forEach((partition, end) -> {
                OffsetAndMetadata offset = committed.get(partition);
                long left = end - (offset == null ? 0 : offset.offset());
                if (left > 0) {
                    unread.put(group.getKey() + " " + partition, left);
                }
            });
        }
        return unread;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}

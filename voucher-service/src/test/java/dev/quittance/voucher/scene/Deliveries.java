package dev.quittance.voucher.scene;

import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.topic.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.ConfigProvider;

/** Events as the inbox gets them from Kafka, in the orders in which they may come. */
public final class Deliveries {
    private static final int BATCH_MAX = 60;

    private Deliveries() {}

    /** An event under its id, which makes two deliveries of it one. */
    public record Sent(String id, DomainEvent event) {
        public static Sent of(DomainEvent event) {
            return new Sent(UUID.randomUUID().toString(), event);
        }
    }

    public static ConsumerRecords<String, byte[]> poll(List<Sent> events) {
        String prefix = ConfigProvider.getConfig()
                .getOptionalValue("QUITTANCE_TOPIC_PREFIX", String.class)
                .orElse("");
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new LinkedHashMap<>();
        for (Sent sent : events) {
            DomainEvent event = sent.event();
            String topic = prefix + event.topic();
            ConsumerRecord<String, byte[]> record =
                    new ConsumerRecord<>(topic, 0, 0, event.key(), EventCodec.write(event));
            record.headers().add(Headers.CE_ID, sent.id().getBytes(StandardCharsets.UTF_8));
            record.headers().add(Headers.CE_TYPE, event.type().getBytes(StandardCharsets.UTF_8));
            records.computeIfAbsent(new TopicPartition(topic, 0), _ -> new ArrayList<>())
                    .add(record);
        }
        return new ConsumerRecords<>(records, Map.of());
    }

    /** Each event again, anywhere. */
    public static List<Sent> doubled(List<Sent> order, Random random) {
        List<Sent> doubled = new ArrayList<>(order);
        order.forEach(event -> doubled.add(random.nextInt(doubled.size() + 1), event));
        return doubled;
    }

    /** All of them as one stream, each in its own order, in polls of random sizes. */
    public static List<List<Sent>> polls(List<List<Sent>> orders, Random random) {
        List<List<Sent>> left = new ArrayList<>();
        orders.forEach(order -> left.add(new ArrayList<>(order)));
        List<List<Sent>> polls = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Sent> poll = new ArrayList<>();
            int size = 1 + random.nextInt(BATCH_MAX);
            while (poll.size() < size && !left.isEmpty()) {
                int which = random.nextInt(left.size());
                poll.add(left.get(which).removeFirst());
                if (left.get(which).isEmpty()) {
                    left.remove(which);
                }
            }
            polls.add(poll);
        }
        return polls;
    }

    /** Every order of the elements. */
    public static <T> List<List<T>> permutations(List<T> elements) {
        if (elements.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            List<T> rest = new ArrayList<>(elements);
            T first = rest.remove(i);
            for (List<T> tail : permutations(rest)) {
                List<T> one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }
}

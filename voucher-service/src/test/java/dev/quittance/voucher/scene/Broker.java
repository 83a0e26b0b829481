package dev.quittance.voucher.scene;

import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.topic.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** The topics around the service: what other services say on them, and what it says itself. */
public final class Broker implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final String prefix = ConfigProvider.getConfig()
            .getOptionalValue("QUITTANCE_TOPIC_PREFIX", String.class)
            .orElse("");
    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap(), "acks", "all"), new StringSerializer(), new ByteArraySerializer());

    private static String bootstrap() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    /** Says it under an id of its own, and gives the id back. */
    public String say(DomainEvent event) {
        String id = UUID.randomUUID().toString();
        say(id, event);
        return id;
    }

    public void say(String id, DomainEvent event) {
        say(id, event.topic(), event.type(), event.key(), EventCodec.write(event));
    }

    public void say(String id, String topic, String type, String key, byte[] body) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(prefix + topic, key, body);
        record.headers().add(Headers.CE_ID, id.getBytes(StandardCharsets.UTF_8));
        record.headers().add(Headers.CE_TYPE, type.getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that was ever said on a topic. */
    public List<ConsumerRecord<String, byte[]>> said(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(prefix + topic).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }

    /** Those of our events on a topic that are of a type. */
    public <E extends DomainEvent> List<E> said(String topic, Class<E> type) {
        return said(topic).stream()
                .filter(record -> header(record, Headers.CE_TYPE).equals(type.getSimpleName()))
                .map(record -> type.cast(EventCodec.read(type.getSimpleName(), record.value())))
                .toList();
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}

package dev.quittance.ingest.scene;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Writes to the broker as other services do, or as somebody who should not. */
public final class Broker {
    private Broker() {}

    public static void write(String topic, @Nullable String key, byte @Nullable [] body, Map<String, String> headers) {
        String prefix = ConfigProvider.getConfig().getValue("quittance.topic-prefix", String.class);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(prefix + topic, key == null ? null : bytes(key), body);
        headers.forEach((name, value) -> record.headers().add(name, bytes(value)));
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.quittance.endtoend.bench;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.endtoend.bench.ChargeEvents.Charge;
import dev.quittance.localstack.kafka.KafkaTopics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Fills a topic before anything is measured, and knows what the books must say once it is drained. */
final class TopicFill {
    private static final long SEED = 20_260_729L;
    private static final int LINGER_MS = 20;
    private static final int BATCH_BYTES = 131_072;

    private final String bootstrapServers;

    TopicFill(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Makes the prefix's topics and writes so many events to the first of them; the truth that they lead to. */
    Truth fill(String prefix, int events) {
        return begin(prefix).add(events);
    }

    /** Makes the prefix's topics, for events that are written part by part. */
    Filling begin(String prefix) {
        KafkaTopics.create(bootstrapServers, prefix, Integer.MAX_VALUE);
        return new Filling(prefix);
    }

    /** A topic that is being filled. */
    final class Filling {
        private final String prefix;
        private final ChargeEvents charges = new ChargeEvents(SEED);
        private int written;
        private long grossMinor;

        private Filling(String prefix) {
            this.prefix = prefix;
        }

        /** So many more events; the truth that all of them lead to. */
        Truth add(int events) {
            grossMinor += write(prefix, charges, events);
            written += events;
            return Truth.ofCharges(written, grossMinor);
        }
    }

    private long write(String prefix, ChargeEvents charges, int events) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long grossMinor = 0;
        try (Producer<String, byte[]> producer = producer()) {
            for (int i = 0; i < events; i++) {
                Charge charge = charges.next();
                grossMinor += charge.amountMinor();
                send(producer, prefix, charge, failure);
            }
            producer.flush();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new BenchFailure("Kafka did not take the events: " + failed.getMessage(), failed);
        }
        return grossMinor;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells all that the future would
    private static void send(
            Producer<String, byte[]> producer,
            String prefix,
            Charge charge,
            AtomicReference<@Nullable Exception> failure) {
        producer.send(
                new ProducerRecord<>(
                        prefix + Topics.STRIPE_EVENTS, null, charge.key(), charge.body(), charge.headers()),
                (_, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                });
    }

    private Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        // A partition that was made a moment ago may refuse the first batch and take the second.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MS,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}

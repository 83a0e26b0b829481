package dev.quittance.ingest.storing;

import dev.quittance.contracts.topic.DeadHeaders;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.foundation.failure.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/** Lays a record that can never be stored on its topic's dead letter topic, as it came, with why. */
@Singleton
public final class Burial {
    private static final Logger LOG = Logger.getLogger(Burial.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final MutinyEmitter<byte[]> letters;
    private final String prefix;
    private final MeterRegistry metrics;

    Burial(
            @Channel("given-up") MutinyEmitter<byte[]> letters,
            @ConfigProperty(name = "quittance.topic-prefix") Optional<String> prefix,
            MeterRegistry metrics) {
        this.letters = letters;
        this.prefix = prefix.orElse("");
        this.metrics = metrics;
    }

    /** Completes when the broker has it; tried until it has. */
    public Uni<Void> bury(ConsumerRecord<String, byte[]> record, Throwable failure) {
        String topic = record.topic().substring(prefix.length());
        String code = Failures.code(failure);
        Headers headers = new RecordHeaders(record.headers());
        DeadHeaders.of(code, Failures.place(failure), topic, record.partition(), record.offset(), Topics.INGEST)
                .forEach((name, value) -> headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8)));
        OutgoingKafkaRecordMetadata<String> letter = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(prefix + Topics.deadLetters(topic, Topics.INGEST))
                .withKey(record.key())
                .withHeaders(headers)
                .build();
        return Uni.createFrom()
                .deferred(() -> letters.sendMessage(Message.of(record.value(), Metadata.of(letter))))
                .onFailure()
                .retry()
                .withBackOff(PAUSE_MIN, PAUSE_MAX)
                .indefinitely()
                .invoke(() -> {
                    metrics.counter("deadletter.sent", "reason", code).increment();
                    LOG.errorf(
                            "outcome=dead errorCode=%s topic=%s partition=%d offset=%d",
                            code, topic, record.partition(), record.offset());
                });
    }
}

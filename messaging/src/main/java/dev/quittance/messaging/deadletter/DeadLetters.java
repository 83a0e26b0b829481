package dev.quittance.messaging.deadletter;

import dev.quittance.contracts.topic.DeadHeaders;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.relay.RecordSender;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/** Lays what can never be applied on the consumer's dead letter topic, as it came, with why it was given up. */
@ApplicationScoped
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    public static final String SENT = "deadletter.sent";
    /** The reason of a record that is no event at all. */
    public static final String NOT_OURS = "NOT_OURS";

    private final RecordSender sender;
    private final DeliveryConfig config;
    private final MeterRegistry metrics;

    public DeadLetters(RecordSender sender, DeliveryConfig config, MeterRegistry metrics) {
        this.sender = sender;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * Completes when the dead letter is acknowledged; tried until it is.
     *
     * @param topic the record's topic without the prefix of this installation
     * @param cause for people; must not quote the event's data
     */
    public Uni<Void> send(ConsumerRecord<String, byte[]> record, String topic, String code, String cause) {
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(
                sender.topic(Topics.deadLetters(topic, config.group())), record.key(), record.value());
        record.headers().forEach(header -> letter.headers().add(header));
        DeadHeaders.of(code, cause, topic, record.partition(), record.offset(), config.group())
                .forEach((name, value) -> header(letter, name, value));
        return sender.send(List.of(letter))
                .onFailure()
                .retry()
                .withBackOff(java.time.Duration.ofMillis(100), config.retryBackoffMax())
                .indefinitely()
                .invoke(() -> {
                    metrics.counter(SENT, "reason", code).increment();
                    LOG.errorf(
                            "outcome=dead errorCode=%s topic=%s partition=%d offset=%d",
                            code, topic, record.partition(), record.offset());
                });
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().remove(name);
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

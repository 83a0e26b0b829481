package dev.quittance.ingest.deadletter;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Brings every dead letter into one table, where somebody can decide on it. A database that is down is waited for. */
@ApplicationScoped
class DeadLetterConsumer {
    private static final Logger LOG = Logger.getLogger(DeadLetterConsumer.class);
    private static final Duration BACKOFF_MIN = Duration.ofMillis(100);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);

    private final DeadLetterStore store;

    DeadLetterConsumer(DeadLetterStore store) {
        this.store = store;
    }

    @Incoming("dead-letters")
    Uni<Void> onDeadLetters(ConsumerRecords<byte[], byte[]> records) {
        List<DeadLetter> letters = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            letters.add(LetterReader.read(record));
        }
        return Uni.createFrom()
                .deferred(() -> store.insert(letters))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "outcome=dead-letters-wait errorCode=%s",
                        failure.getClass().getSimpleName()))
                .onFailure()
                .retry()
                .withBackOff(BACKOFF_MIN, BACKOFF_MAX)
                .indefinitely();
    }
}

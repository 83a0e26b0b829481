package dev.quittance.ingest.deadletter;

import dev.quittance.foundation.failure.Failures;
import dev.quittance.ingest.storing.Storing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Brings every dead letter into one table, where somebody can decide on it. A database that is down is waited for; a letter that it
 * will never take stays on its topic only.
 */
@ApplicationScoped
class DeadLetterConsumer {
    private static final Logger LOG = Logger.getLogger(DeadLetterConsumer.class);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final Storing<DeadLetter> storing;
    private final Counter unstorable;

    DeadLetterConsumer(DeadLetterStore store, MeterRegistry metrics) {
        this.storing = new Storing<>(
                letters -> store.insert(letters).replaceWith(letters.size()),
                this::leave,
                DeadLetterConsumer::waits,
                PAUSE_MAX);
        this.unstorable = metrics.counter("deadletters.unstorable");
    }

    @Incoming("dead-letters")
    Uni<Void> onDeadLetters(ConsumerRecords<byte[], byte[]> records) {
        List<DeadLetter> letters = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            letters.add(LetterReader.read(record));
        }
        return storing.store(letters).replaceWithVoid();
    }

    private Uni<Void> leave(DeadLetter letter, Throwable failure) {
        unstorable.increment();
        LOG.errorf(
                "outcome=letter-not-stored errorCode=%s topic=%s partition=%d offset=%d",
                Failures.code(failure), letter.letterTopic(), letter.letterPartition(), letter.letterOffset());
        return Uni.createFrom().voidItem();
    }

    private static void waits(Throwable failure) {
        LOG.warnf("outcome=dead-letters-wait errorCode=%s", Failures.code(failure));
    }
}

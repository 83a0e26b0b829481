package dev.quittance.ingest.deadletter;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/** Puts a dead letter back on the topic that it came from, with the key, the bytes and the headers that it had. */
@Singleton
final class LetterReplayer {
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(8);
    /** A header says where it came from, and anybody who reaches the broker writes headers. */
    private static final Set<String> KNOWN =
            Topics.all().stream().map(Topic::name).collect(Collectors.toUnmodifiableSet());

    private final MutinyEmitter<byte[]> letters;
    private final String prefix;

    LetterReplayer(
            @Channel("dead-letters-replayed") MutinyEmitter<byte[]> letters,
            @ConfigProperty(name = "quittance.topic-prefix") java.util.Optional<String> prefix) {
        this.letters = letters;
        this.prefix = prefix.orElse("");
    }

    /** A letter whose topic is none of ours, or whose body is gone, stays where it is. */
    static boolean canBeReplayed(LetterView letter) {
        return letter.content().body() != null && KNOWN.contains(String.valueOf(letter.topic()));
    }

    /** Fails when the broker does not have it in time. */
    Uni<Void> replay(LetterView letter) {
        byte @Nullable [] body = letter.content().body();
        if (body == null || !canBeReplayed(letter)) {
            return Uni.createFrom().failure(new IllegalStateException("a letter that cannot be replayed"));
        }
        OutgoingKafkaRecordMetadata<byte[]> record = OutgoingKafkaRecordMetadata.<byte[]>builder()
                .withTopic(prefix + letter.topic())
                .withKey(letter.content().key())
                .withHeaders(LetterHeaders.read(letter.content().headers()))
                .build();
        return letters.sendMessage(Message.of(body, Metadata.of(record)))
                .ifNoItem()
                .after(ACKNOWLEDGED_WITHIN)
                .fail();
    }
}

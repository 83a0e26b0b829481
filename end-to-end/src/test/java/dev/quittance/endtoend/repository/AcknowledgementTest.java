package dev.quittance.endtoend.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A failure that somebody swallows before the acknowledgement is an event that nobody will ever miss. */
class AcknowledgementTest {
    private static final List<String> SWALLOWS = List.of("catch (", "recoverWith", "onFailure().call");

    /** They keep no state of record: a cache, and what is shown to who looks right now. */
    private static final List<String> WITHOUT_EFFECT = List.of("BalanceConsumer.java", "StateConsumer.java");

    @Test
    @DisplayName(
            "B10: no consumer swallows a failure and acknowledges; what it read has an outcome in the inbox, or is tried again")
    void aConsumerHandsOnWhatItReads() {
        // When
        List<Path> consumers = Sources.below("", "Consumer.java").stream()
                .filter(file -> Sources.read(file).contains("@Incoming("))
                .filter(file -> !WITHOUT_EFFECT.contains(file.getFileName().toString()))
                .toList();

        // Then
        assertThat(consumers).hasSizeGreaterThanOrEqualTo(5);
        assertThat(consumers).allSatisfy(file -> assertThat(Sources.read(file)).doesNotContain(SWALLOWS));
        assertThat(Sources.below("", ".java"))
                .filteredOn(file -> file.toString().contains("/src/main/"))
                .filteredOn(file -> Sources.read(file).contains("@Incoming("))
                .allSatisfy(file -> assertThat(file.getFileName().toString()).endsWith("Consumer.java"));
    }
}

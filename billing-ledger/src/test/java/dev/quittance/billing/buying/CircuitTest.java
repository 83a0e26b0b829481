package dev.quittance.billing.buying;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who does not answer is asked seldom, until they do. */
class CircuitTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource clock = now::get;
    private final Circuit circuit = new Circuit(3, Duration.ofSeconds(10), clock);

    @Test
    void opensAfterFailuresInARowAndLetsOneThroughAPause() {
        // Given
        circuit.failed();
        circuit.failed();
        circuit.succeeded();
        circuit.failed();
        circuit.failed();
        assertThat(circuit.admits()).isTrue();

        // When
        circuit.failed();

        // Then
        assertThat(circuit.admits()).isFalse();
        now.set(Instant.EPOCH.plusSeconds(10));
        assertThat(circuit.admits()).isTrue();
        assertThat(circuit.admits()).isFalse();
        circuit.succeeded();
        assertThat(circuit.admits()).isTrue();
    }
}

package dev.quittance.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.ingest.config.Configurations;
import dev.quittance.ingest.config.IngestConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final InFlight inFlight = new InFlight(config(2, 100), registry);

    @Test
    void recordsAreBounded() {
        assertThat(inFlight.tryEnter(1)).isTrue();
        assertThat(inFlight.tryEnter(1)).isTrue();
        assertThat(inFlight.tryEnter(1)).isFalse();
    }

    @Test
    void bytesAreBoundedAndARefusedRecordTakesNoPlace() {
        assertThat(inFlight.tryEnter(60)).isTrue();
        assertThat(inFlight.tryEnter(41)).isFalse();
        assertThat(inFlight.tryEnter(40)).isTrue();
    }

    @Test
    void whoLeavesMakesRoom() {
        // Given
        inFlight.tryEnter(100);

        // When
        inFlight.leave(100);

        // Then
        assertThat(inFlight.tryEnter(100)).isTrue();
        assertThat(registry.get("webhook.in.flight").gauge().value()).isEqualTo(1);
    }

    private static IngestConfig config(int records, int bytes) {
        return Configurations.with(Map.of(
                "quittance.ingest.in-flight-records-max",
                Integer.toString(records),
                "quittance.ingest.in-flight-bytes-max",
                Integer.toString(bytes)));
    }
}

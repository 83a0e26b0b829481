package dev.quittance.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pins the defaults, and what they must keep with limits that stand elsewhere. */
class IngestConfigTest {
    private static final int CONNECTOR_RECORDS_MAX = 1_024;
    private static final int PRODUCER_BUFFER_BYTES = 32 * 1_024 * 1_024;

    private final IngestConfig config = Configurations.with(Map.of());

    @Test
    void nothingIsLiveAndNoSecretIsBuiltIn() {
        assertThat(config.livemode()).isFalse();
        assertThat(config.webhookSecrets()).isEmpty();
    }

    @Test
    void anAnswerComesWithinTenSeconds() {
        assertThat(config.acknowledgeTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(config.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.readinessTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatMayBeUnderWayFitsTheConnectorAndTheProducer() {
        assertThat(config.inFlightRecordsMax()).isEqualTo(1_000).isLessThan(CONNECTOR_RECORDS_MAX);
        assertThat(config.inFlightBytesMax()).isEqualTo(16 * 1_024 * 1_024).isLessThan(PRODUCER_BUFFER_BYTES);
    }
}

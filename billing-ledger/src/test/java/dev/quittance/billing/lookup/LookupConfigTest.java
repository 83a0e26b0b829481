package dev.quittance.billing.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change of a default is seen. */
class LookupConfigTest {
    @Test
    void defaults() {
        // When
        LookupConfig config = config(Map.of());

        // Then
        assertThat(config.apiKey()).isEmpty();
        assertThat(config.apiBase()).isEmpty();
        assertThat(config.warningRefundMax()).isEqualTo(1500);
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.readTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.lookupBatch()).isEqualTo(50);
        assertThat(config.lookupConcurrency()).isEqualTo(8);
        assertThat(config.lookupIdle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.lookupLease()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.lookupBackoffMax()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aBlankKeyIsNone() {
        assertThat(config(Map.of("quittance.stripe.api-key", "")).apiKey()).isEmpty();
    }

    @Test
    void aWholeTurnEndsWithinItsLease() {
        // Given
        LookupConfig config = config(Map.of());

        // When
        Duration longest = config.connectTimeout()
                .plus(config.readTimeout())
                .multipliedBy(Math.ceilDiv(config.lookupBatch(), config.lookupConcurrency()));

        // Then
        assertThat(config.lookupLease()).isGreaterThan(longest);
    }

    private static LookupConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withConverter(Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(LookupConfig.class)
                .build()
                .getConfigMapping(LookupConfig.class);
    }
}

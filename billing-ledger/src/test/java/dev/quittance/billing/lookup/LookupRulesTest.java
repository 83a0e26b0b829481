package dev.quittance.billing.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookupRulesTest {
    @Test
    void theSecondPauseIsLongerAndNoneIsLongerThanTheLongest() {
        // Given
        Duration max = Duration.ofMinutes(15);

        // Then
        assertThat(LookupRules.pause(1, max)).isEqualTo(Duration.ofSeconds(1));
        assertThat(LookupRules.pause(2, max)).isEqualTo(Duration.ofSeconds(2));
        assertThat(LookupRules.pause(5, max)).isEqualTo(Duration.ofSeconds(16));
        assertThat(LookupRules.pause(1_000_000, max)).isEqualTo(max);
    }
}

package dev.quittance.localstack.simulator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void waitsDoubleUpToTheLongest() {
        // When
        RetryPolicy policy = RetryPolicy.SCALED_DOWN;

        // Then
        assertThat(policy.waitAfter(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(policy.waitAfter(2)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.waitAfter(7)).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.waitAfter(1_000_000)).isEqualTo(Duration.ofSeconds(30));
    }
}

package dev.quittance.localstack.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeathsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void fiveDeathsWithinAMinuteAreHopeless() {
        // Given
        Deaths deaths = new Deaths();

        // When
        for (int second = 0; second < 5; second++) {
            assertThat(deaths.isHopeless()).isFalse();
            deaths.add(NOON.plusSeconds(second * 10L));
        }

        // Then
        assertThat(deaths.isHopeless()).isTrue();
    }

    @Test
    void deathsOfLongAgoDoNotCount() {
        // Given
        Deaths deaths = new Deaths();

        // When
        for (int minute = 0; minute < 50; minute++) {
            deaths.add(NOON.plusSeconds(minute * 61L));
        }

        // Then
        assertThat(deaths.isHopeless()).isFalse();
    }
}

package dev.quittance.ingest.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PT61H    | oldest unprocessed event 61 h; Stripe stops retrying in 11 h
            PT10M    | oldest unprocessed event 0 h; Stripe stops retrying in 71 h
            PT75H    | oldest unprocessed event 75 h; Stripe stopped retrying 3 h ago: only a reconciliation brings it
            """)
    void aDeadlineIsToldAsOne(Duration age, String told) {
        assertThat(Deadline.of(NOW.minus(age), NOW).told()).isEqualTo(told);
    }

    @Test
    void withNothingToWaitForThereIsNone() {
        assertThat(Deadline.of(null, NOW).stripeStopsAt()).isNull();
        assertThat(Deadline.of(null, NOW).told()).isEqualTo("no unprocessed event");
    }
}

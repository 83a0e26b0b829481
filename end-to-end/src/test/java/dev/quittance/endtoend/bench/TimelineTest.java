package dev.quittance.endtoend.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.endtoend.bench.Timeline.Batch;
import dev.quittance.endtoend.bench.Timeline.Window;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only what came after the warm-up counts, and only transactions whose end is known. */
class TimelineTest {
    private static final Instant START = Instant.parse("2026-11-20T17:00:00Z");

    @Test
    void theWindowBeginsAfterTheWarmUpAndEndsWhereTheLastTransactionBegins() {
        // Given
        Timeline timeline =
                new Timeline(List.of(batch(0, 500), batch(10, 400), batch(12, 500), batch(14, 300), batch(16, 7)));

        // When
        Window window = timeline.afterWarmUp(900);

        // Then
        assertThat(window).isEqualTo(new Window(START.plusSeconds(12), START.plusSeconds(16), 800, 2));
        assertThat(window.eventsPerSecond()).isEqualTo(200.0);
        assertThat(window.eventsPerTransaction()).isEqualTo(400.0);
    }

    @Test
    void tooFewTransactionsAreNoMeasurement() {
        // Given
        Timeline timeline = new Timeline(List.of(batch(0, 500), batch(1, 500)));

        // When, Then
        assertThatThrownBy(() -> timeline.afterWarmUp(500)).isInstanceOf(BenchFailure.class);
    }

    private static Batch batch(long second, int events) {
        return new Batch(START.plusSeconds(second), events);
    }
}

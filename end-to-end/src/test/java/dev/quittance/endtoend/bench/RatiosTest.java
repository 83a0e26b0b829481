package dev.quittance.endtoend.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.endtoend.bench.BenchOptions.Load;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One lucky run decides nothing, and a mistyped option is refused. */
class RatiosTest {
    @Test
    void theMedianIsTheMiddleOfThePairs() {
        // Given
        Ratios odd = new Ratios(List.of(0.9, 0.1, 0.7));
        Ratios even = new Ratios(List.of(0.9, 0.1, 0.7, 0.6));

        // When, Then
        assertThat(odd.median()).isEqualTo(0.7);
        assertThat(even.median()).isBetween(0.649, 0.651);
        assertThat(even.lowest()).isEqualTo(0.1);
        assertThat(even.highest()).isEqualTo(0.9);
    }

    @Test
    void optionsChangeWhatTheyName() {
        // Given
        List<String> arguments = List.of("--events=777", "--pairs=1");

        // When
        BenchOptions options = BenchOptions.parse(arguments);

        // Then
        assertThat(options.batched()).isEqualTo(new Load(220_000, 777));
        assertThat(options.batched().halfway()).isEqualTo(200_000);
        assertThat(options.pairs()).isEqualTo(1);
        assertThat(options.singleRuns()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--events", "--events=0", "--events=many", "--pairs=51"})
    void anOptionThatMakesNoSenseIsRefused(String argument) {
        // Given, When, Then
        assertThatThrownBy(() -> BenchOptions.parse(List.of(argument)))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContaining("Usage");
    }
}

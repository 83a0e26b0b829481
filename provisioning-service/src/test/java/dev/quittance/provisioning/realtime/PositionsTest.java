package dev.quittance.provisioning.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
    private static final Change CHANGE = new Change(Set.of(), Set.of("1"), "account", "{}");

    @Test
    void anIdSaysHowFarEveryPartitionWasRead() {
        // Given
        Positions positions = new Positions(new long[] {0, 127, 128, 3_000_000_000L, Long.MAX_VALUE / 2});

        // When
        Optional<Positions> read = Positions.read(positions.text(), 5);

        // Then
        assertThat(read).contains(positions);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"*", "AAAA", "A", "gICAgICAgICAgICAgICAgICAgICAgA", "ÿ"})
    void whatIsNoIdOfOursIsNone(@Nullable String text) {
        assertThat(Positions.read(text, 2)).isEmpty();
    }

    @Test
    void whatIsKeptIsFoundInItsOrder() {
        // Given
        KeptChanges kept = new KeptChanges(2, 3);
        Positions positions = Positions.start(2);
        for (int offset = 0; offset < 3; offset++) {
            for (int partition = 0; partition < 2; partition++) {
                positions = positions.after(partition, offset);
                kept.add(new KeptChanges.Told(CHANGE, partition, offset, positions));
            }
        }

        // When
        Positions from = new Positions(new long[] {2, 1});

        // Then
        assertThat(kept.since(from, _ -> true).orElseThrow())
                .extracting(told -> told.partition() + ":" + told.offset())
                .containsExactly("1:1", "0:2", "1:2");
    }

    @Test
    void whatIsNotKeptAnyMoreIsNotPretended() {
        // Given
        KeptChanges kept = new KeptChanges(1, 2);
        for (int offset = 0; offset < 4; offset++) {
            kept.add(new KeptChanges.Told(CHANGE, 0, offset, Positions.start(1)));
        }

        // Then
        assertThat(kept.since(new Positions(new long[] {1}), _ -> true)).isEmpty();
        assertThat(kept.since(new Positions(new long[] {2}), _ -> true)).isPresent();
    }
}

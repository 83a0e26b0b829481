package dev.quittance.ingest.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackfillRulesTest {
    private static final Instant BEGAN = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void aListIsGoneThroughToItsEndAndThenTheNext() {
        assertThat(BackfillRules.next(at(State.COUNTING, 1, null, false), "cus_1", true))
                .isEqualTo(new Place(State.COUNTING, 1, "cus_1"));
        assertThat(BackfillRules.next(at(State.COUNTING, 1, "cus_1", false), "cus_2", false))
                .isEqualTo(new Place(State.COUNTING, 2, null));
    }

    @Test
    void aPageWithoutACursorEndsItsList() {
        assertThat(BackfillRules.next(at(State.PUBLISHING, 1, "cus_1", false), null, true))
                .isEqualTo(new Place(State.PUBLISHING, 2, null));
    }

    @Test
    void whatIsCountedIsPublishedUnlessItIsADryRun() {
        assertThat(BackfillRules.next(at(State.COUNTING, 2, null, false), "ch_1", false))
                .isEqualTo(new Place(State.PUBLISHING, 1, null));
        assertThat(BackfillRules.next(at(State.COUNTING, 2, null, true), "ch_1", false))
                .isEqualTo(new Place(State.DONE, 2, null));
        assertThat(BackfillRules.next(at(State.PUBLISHING, 2, null, false), "ch_1", false))
                .isEqualTo(new Place(State.DONE, 2, null));
    }

    @Test
    void whatIsLeftTakesAsLongAsWhatIsOut() {
        // Given
        Backfill quarter = at(State.PUBLISHING, 1, null, false, new Counts(Subject.CUSTOMERS, 400, 90, 10));

        // Then
        assertThat(BackfillRules.percent(quarter)).isEqualTo(25);
        assertThat(BackfillRules.expectedAt(quarter, BEGAN.plusSeconds(60))).contains(BEGAN.plusSeconds(240));
    }

    @Test
    void nothingIsExpectedOfWhatHasNotBegun() {
        // Given
        Backfill counting = at(State.COUNTING, 1, null, false, new Counts(Subject.CUSTOMERS, 400, 0, 0));
        Backfill beginning = at(State.PUBLISHING, 1, null, false, new Counts(Subject.CUSTOMERS, 400, 0, 0));

        // Then
        assertThat(BackfillRules.percent(counting)).isNull();
        assertThat(BackfillRules.expectedAt(counting, BEGAN)).isEmpty();
        assertThat(BackfillRules.percent(beginning)).isZero();
        assertThat(BackfillRules.expectedAt(beginning, BEGAN)).isEmpty();
    }

    @Test
    void whatCameInMeanwhileIsNotMoreThanAll() {
        // Given
        Backfill more = at(State.PUBLISHING, 1, null, false, new Counts(Subject.CUSTOMERS, 10, 11, 0));
        Backfill none = at(State.DONE, 1, null, false, new Counts(Subject.CUSTOMERS, 0, 0, 0));

        // Then
        assertThat(BackfillRules.percent(more)).isEqualTo(100);
        assertThat(BackfillRules.expectedAt(more, BEGAN)).contains(BEGAN);
        assertThat(BackfillRules.percent(none)).isEqualTo(100);
    }

    private static Backfill at(State state, int position, @Nullable String after, boolean dryRun) {
        return at(
                state,
                position,
                after,
                dryRun,
                new Counts(Subject.CUSTOMERS, 0, 0, 0),
                new Counts(Subject.CHARGES, 0, 0, 0));
    }

    private static Backfill at(State state, int position, @Nullable String after, boolean dryRun, Counts... subjects) {
        return new Backfill(
                1,
                "operator",
                "",
                dryRun,
                new Place(state, position, after),
                0,
                List.of(subjects),
                0,
                null,
                BEGAN,
                BEGAN,
                null);
    }
}

package dev.quittance.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final List<String> READERS = List.of("provisioning-service", "billing-ledger");

    @Test
    void whatAServiceClaimedIsAppliedOrIgnoredForItsReason() {
        // When
        List<Outcome> outcomes = outcomes(
                List.of(word("billing-ledger", "applied"), word("provisioning-service", "ignored:unknown-type")),
                List.of(),
                0);

        // Then
        assertThat(outcomes)
                .extracting(Outcome::service, Outcome::outcome, Outcome::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("provisioning-service", "ignored", "unknown-type"),
                        org.assertj.core.groups.Tuple.tuple("billing-ledger", "applied", null));
    }

    @Test
    void whatWaitsIsParkedThoughTheInboxHasClaimedIt() {
        // Given
        SliceWord parked = new SliceWord("", "evt_1", "billing-ledger", "parked", "identity:/cs_1", "IDENTITY", NOW);

        // When
        List<Outcome> outcomes = outcomes(List.of(word("billing-ledger", "applied"), parked), List.of(), 0);

        // Then
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.service().equals("billing-ledger"))
                .containsExactly(
                        new Outcome("billing-ledger", "parked", "IDENTITY", "identity:/cs_1", null, null, NOW));
    }

    @Test
    void aLetterThatWaitsForAPersonComesFirstAndOneThatWasReplayedIsThePast() {
        assertThat(outcomes(List.of(word("billing-ledger", "applied")), List.of(letter(1, "open")), 0))
                .extracting(Outcome::outcome)
                .contains("dead");
        assertThat(outcomes(List.of(word("billing-ledger", "applied")), List.of(letter(1, "replayed")), 0))
                .extracting(Outcome::outcome)
                .contains("applied")
                .doesNotContain("dead");
        assertThat(outcomes(List.of(), List.of(letter(1, "discarded")), 0))
                .extracting(Outcome::outcome)
                .contains("discarded");
        assertThat(outcomes(List.of(), List.of(letter(1, "replayed"), letter(2, "open")), 0))
                .extracting(Outcome::letter)
                .contains(2L);
    }

    @Test
    void whatNobodyHasReadYetIsPendingUnlessTheSliceDidNotAnswer() {
        assertThat(outcomes(List.of(), List.of(), 0))
                .extracting(Outcome::outcome)
                .containsOnly("pending");
        assertThat(OutcomeRules.outcomes(READERS, List.of(), List.of(), List.of("billing-ledger"), 0))
                .containsExactly(Outcome.pending("billing-ledger"));
    }

    @Test
    void whatCameAgainIsADuplicateToWhoHasIt() {
        assertThat(outcomes(List.of(word("billing-ledger", "applied")), List.of(), 3))
                .contains(Outcome.duplicate("billing-ledger", 3))
                .doesNotContain(Outcome.duplicate("provisioning-service", 3));
    }

    @Test
    void anotherBodyUnderTheIdIsAConflictBesideWhatWasDone() {
        assertThat(outcomes(
                        List.of(word("billing-ledger", "applied"), word("billing-ledger", "conflict")), List.of(), 0))
                .extracting(Outcome::outcome)
                .contains("applied", "conflict");
    }

    private static List<Outcome> outcomes(List<SliceWord> words, List<LetterWord> letters, int repeats) {
        return OutcomeRules.outcomes(READERS, words, letters, READERS, repeats);
    }

    private static SliceWord word(String service, String outcome) {
        return new SliceWord("", "evt_1", service, outcome, nothing(), nothing(), NOW);
    }

    private static LetterWord letter(long id, String state) {
        return new LetterWord("evt_1", "billing-ledger", id, state, "LEDGER_UNBALANCED", NOW);
    }

    private static @Nullable String nothing() {
        return null;
    }
}

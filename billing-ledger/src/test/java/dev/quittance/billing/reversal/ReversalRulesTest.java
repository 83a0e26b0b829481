package dev.quittance.billing.reversal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quittance.billing.reversal.Reversal.Change;
import dev.quittance.billing.reversal.Standing.Applied;
import dev.quittance.billing.reversal.Standing.Claim;
import dev.quittance.billing.reversal.Standing.Disputed;
import dev.quittance.billing.reversal.Standing.Doubt;
import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What goes back takes its share, never more than was paid and granted. */
class ReversalRulesTest {
    private static final Instant EARLY = Instant.ofEpochSecond(1);
    private static final Instant LATE = Instant.ofEpochSecond(2);

    @Test
    void theOlderClaimTakesFirstAndTheYoungerWhatIsLeft() {
        // When
        Reversal reversal = ReversalRules.decide(standing(
                List.of(new Claim("re_b", "refund", 1000, LATE), new Claim("re_a", "refund", 900, EARLY)), Map.of()));

        // Then
        assertThat(reversal.changes())
                .extracting(Change::reversalId, Change::difference, Change::reversedInAll, Change::revision)
                .containsExactly(tuple("re_a", 900L, 900L, 1L), tuple("re_b", 600L, 1500L, 2L));
        assertThat(reversal.pointsTaken()).isEqualTo(100);
    }

    @Test
    void whatComesBackIsToldFirstAndLeavesRoom() {
        // When
        Reversal reversal = ReversalRules.decide(standing(
                List.of(new Claim("re_b", "refund", 1000, LATE)), Map.of("re_a", new Applied("refund", 1500, EARLY))));

        // Then
        assertThat(reversal.changes())
                .extracting(Change::reversalId, Change::difference, Change::reversedInAll)
                .containsExactly(tuple("re_a", -1500L, 0L), tuple("re_b", 1000L, 1000L));
        assertThat(reversal.pointsTaken()).isEqualTo(66);
    }

    @Test
    void nothingNewIsNothingToTell() {
        assertThat(ReversalRules.decide(standing(
                                List.of(new Claim("re_a", "refund", 5, EARLY)),
                                Map.of("re_a", new Applied("refund", 5, EARLY))))
                        .isNothing())
                .isTrue();
    }

    @Test
    void theShareIsExactForTheLargestAmounts() {
        // Given
        Money paid = new Money(1_000_000_000_000_000L, "EUR");

        // When / Then
        assertThat(ReversalRules.share(1_000_000_000, paid.amountMinor(), paid)).isEqualTo(1_000_000_000);
        assertThat(ReversalRules.share(1_000_000_000, paid.amountMinor() - 1, paid))
                .isEqualTo(999_999_999);
        assertThat(ReversalRules.share(7, 0, paid)).isZero();
    }

    @Test
    void aDisputeThatTellsNoMovementCountsByItsState() {
        // Given
        Money paid = new Money(1500, "EUR");

        // When / Then
        assertThat(ReversalRules.taken(dispute("needs_response", "EUR", false, false), paid))
                .isZero();
        assertThat(ReversalRules.taken(dispute("needs_response", "EUR", true, false), paid))
                .isEqualTo(800);
        assertThat(ReversalRules.taken(dispute("won", "EUR", true, false), paid))
                .isZero();
        assertThat(ReversalRules.taken(dispute("lost", "EUR", false, false), paid))
                .isEqualTo(800);
        assertThat(ReversalRules.taken(dispute("lost", "USD", true, false), paid))
                .isEqualTo(1500);
    }

    private static Disputed dispute(String status, String currency, boolean withdrawn, boolean reinstated) {
        return new Disputed("dp_1", status, 800, currency, withdrawn, reinstated, false, 0, "", EARLY);
    }

    private static Standing standing(List<Claim> claims, Map<String, Applied> applied) {
        return new Standing(
                "pi_1",
                "",
                UUID.fromString("11111111-1111-4111-8111-111111111111"),
                "4000000000000002",
                new Money(1500, "EUR"),
                100,
                0,
                0,
                0,
                0,
                Standing.Surplus.NONE,
                claims,
                List.of(),
                List.<Doubt>of(),
                applied,
                Map.of());
    }
}

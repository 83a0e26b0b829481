package dev.quittance.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalRulesTest {
    private static final List<PurchaseStore.Line> WHOLE = List.of(
            new PurchaseStore.Line("gross:ch_1", "clearing", "debit", 1050, "EUR"),
            new PurchaseStore.Line("gross:ch_1", "revenue", "credit", 1050, "EUR"),
            new PurchaseStore.Line("fee:txn_1", "fees", "debit", 41, "EUR"),
            new PurchaseStore.Line("fee:txn_1", "clearing", "credit", 41, "EUR"),
            new PurchaseStore.Line("grant:pi_1", "issued", "debit", 500, "points"),
            new PurchaseStore.Line("grant:pi_1", "user", "credit", 500, "points"),
            new PurchaseStore.Line("grant:pi_1", "issued", "debit", 20, "credits"),
            new PurchaseStore.Line("grant:pi_1", "user", "credit", 20, "credits"));

    @Test
    void theWholePurchaseIsCompleteAndBalances() {
        assertThat(JournalRules.isComplete(WHOLE)).isTrue();
        assertThat(JournalRules.sums(WHOLE).values()).containsOnly(0L);
    }

    @Test
    void withoutAnyOneEntryItIsNotComplete() {
        for (String entry : List.of("gross:ch_1", "fee:txn_1", "grant:pi_1")) {
            // Given
            List<PurchaseStore.Line> part = new ArrayList<>(WHOLE);

            // When
            part.removeIf(line -> line.entry().equals(entry));

            // Then
            assertThat(JournalRules.isComplete(part)).as(entry).isFalse();
        }
    }

    @Test
    void amountsReadAsPeopleReadThem() {
        assertThat(JournalRules.text(1050, "EUR")).isEqualTo("10.50 EUR");
        assertThat(JournalRules.text(500, "points")).isEqualTo("500 points");
    }

    @Test
    void aUsersAccountIsShownShort() {
        assertThat(JournalRules.shortName("user:77a60742-e35a-403b-89a1-61abf53b3497:points"))
                .isEqualTo("user:77a60742..:points");
        assertThat(JournalRules.shortName("stripe_clearing:EUR")).isEqualTo("stripe_clearing:EUR");
    }
}

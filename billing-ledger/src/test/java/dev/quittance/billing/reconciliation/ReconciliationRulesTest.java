package dev.quittance.billing.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.reconciliation.Difference.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every way in which a movement and its entries may disagree has its name. */
class ReconciliationRulesTest {
    private static final Booked GROSS = new Booked("charge:ch_1:gross", "EUR", 1_000);
    private static final Booked FEE = new Booked("fee:txn_1", "EUR", -59);

    @Test
    void whatIsBookedToTheCentAgrees() {
        assertThat(compare(movement("charge", "ch_1", 1_000, 59), GROSS, FEE)).isEmpty();
        assertThat(compare(movement("refund", "re_1", -400, 0), new Booked("refund:re_1", "EUR", -400)))
                .isEmpty();
        assertThat(compare(
                        movement("adjustment", "dp_1", -1_000, 1_500),
                        new Booked("dispute:dp_1:withdrawn:txn_1", "EUR", -2_500)))
                .isEmpty();
        assertThat(compare(movement("payout", "po_1", -941, 0), new Booked("payout:po_1", "EUR", -941)))
                .isEmpty();
        assertThat(compare(movement("charge", "ch_0", 0, 0))).isEmpty();
    }

    @Test
    void eachDifferenceHasItsClass() {
        assertThat(compare(movement("charge", "ch_1", 1_000, 59))).contains(Kind.NOT_BOOKED);
        assertThat(compare(movement("charge", "ch_1", 1_000, 59), GROSS)).contains(Kind.FEE_NOT_BOOKED);
        assertThat(compare(movement("charge", "ch_1", 1_000, 60), GROSS, FEE)).contains(Kind.FEE_DIFFERS);
        assertThat(compare(movement("charge", "ch_1", 1_001, 59), GROSS, FEE)).contains(Kind.AMOUNT_DIFFERS);
        assertThat(compare(movement("charge", "ch_1", 1_001, 59), GROSS)).contains(Kind.AMOUNT_DIFFERS);
        assertThat(compare(movement("charge", "ch_1", 1_000, 0), new Booked("charge:ch_1:gross", "USD", 1_000)))
                .contains(Kind.CURRENCY_DIFFERS);
        assertThat(compare(movement("stripe_fee", null, -200, 0))).contains(Kind.KIND_NOT_BOOKED);
        assertThat(compare(movement("topup", "tu_1", 200, 0))).contains(Kind.KIND_NOT_BOOKED);
    }

    @Test
    void onlyAMissingFeeIsHealedWithoutAPerson() {
        for (Kind kind : Kind.values()) {
            assertThat(kind.isHealed()).isEqualTo(kind == Kind.FEE_NOT_BOOKED);
        }
    }

    private static Optional<Kind> compare(Movement movement, Booked... booked) {
        return ReconciliationRules.compare(movement, List.of(booked)).map(Difference::kind);
    }

    private static Movement movement(
            String kind, @org.jspecify.annotations.Nullable String source, long amount, long fee) {
        return new Movement("txn_1", kind, source, "EUR", amount, fee, amount - fee, Instant.EPOCH);
    }
}

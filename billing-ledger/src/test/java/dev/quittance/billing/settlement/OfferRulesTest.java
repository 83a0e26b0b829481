package dev.quittance.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client says is compared with what is for sale. */
class OfferRulesTest {
    private static final Offer PREMIUM = new Offer(550, new Money(3999, "EUR"));

    @Test
    void whatIsNamedGivesWhatIsForSale() {
        assertThat(check(Map.of("package_id", "premium"), PREMIUM, null, 3999).metadata())
                .containsEntry("points", "550");
        assertThat(check(Map.of("plan", "starter"), null, PREMIUM, 3999).metadata())
                .containsEntry("credits", "550");
    }

    @Test
    void whatAgreesIsTaken() {
        assertThat(check(Map.of("package_id", "premium", "points", "550", "price", "3999"), PREMIUM, null, 3999)
                        .objection())
                .isNull();
    }

    @Test
    void whatDoesNotAgreeIsHeld() {
        assertThat(check(Map.of("package_id", "premium", "points", "5500"), PREMIUM, null, 3999)
                        .objection())
                .isEqualTo("POINTS_MISMATCH");
        assertThat(check(Map.of("plan", "starter", "credits", "5500"), null, PREMIUM, 3999)
                        .objection())
                .isEqualTo("CREDITS_MISMATCH");
        assertThat(check(Map.of("package_id", "premium"), PREMIUM, null, 39).objection())
                .isEqualTo("PRICE_MISMATCH");
        assertThat(check(Map.of("points", "5", "price", "1"), null, null, 3999).objection())
                .isEqualTo("PRICE_MISMATCH");
        assertThat(check(Map.of("package_id", "premium"), new Offer(550, new Money(3999, "USD")), null, 3999)
                        .objection())
                .isEqualTo("PRICE_MISMATCH");
    }

    @Test
    void whatIsNotForSaleIsHeld() {
        assertThat(check(Map.of("package_id", "gone"), null, null, 3999).objection())
                .isEqualTo("PACKAGE_UNKNOWN");
        assertThat(check(Map.of("plan", "gone", "credits", "5"), null, null, 3999)
                        .objection())
                .isEqualTo("PLAN_UNKNOWN");
        assertThat(check(Map.of("plan", "of a subscription"), null, null, 3999).objection())
                .isNull();
    }

    private static OfferRules.Checked check(
            Map<String, String> metadata, @Nullable Offer points, @Nullable Offer credits, long subtotal) {
        return OfferRules.check(new Purchase(
                "",
                "cs_1",
                "payment",
                "complete",
                "paid",
                "pi_1",
                null,
                // What was paid after a discount: the listed price decides.
                new Money(1, "EUR"),
                subtotal,
                points,
                credits,
                metadata,
                "none",
                List.of(),
                null,
                true,
                false,
                false,
                null,
                Instant.EPOCH));
    }
}

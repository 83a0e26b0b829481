package dev.quittance.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.settlement.Purchase.Buyer;
import dev.quittance.billing.settlement.Purchase.Line;
import dev.quittance.billing.wallet.WalletMove;
import dev.quittance.contracts.money.Money;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlementRulesTest {
    private static final Buyer BUYER = new Buyer(UUID.randomUUID(), "4000");
    private static final Map<String, String> POINTS = Map.of("points", "500");
    private static final Map<String, String> NONE = Map.of();

    @Test
    void aPaidPurchaseOfAKnownBuyerIsSettledUnderItsIntent() {
        // When
        SettlementDecision decision = decide(new Sample().metadata(POINTS));

        // Then
        Settlement settlement = settled(decision);
        assertThat(settlement.anchor()).isEqualTo("pi_1");
        assertThat(settlement.terms()).isEqualTo(new Terms(500, 0, List.of()));
        assertThat(settlement.userId()).isEqualTo(BUYER.userId());
    }

    @Test
    void whatPaysForAnOrderASecondTimeBuysNothing() {
        // When
        Settlement settlement =
                settled(decide(new Sample().metadata(POINTS).lines("none").paidOtherwise()));

        // Then
        assertThat(settlement.terms()).isEqualTo(Terms.NONE);
        assertThat(settlement.amount()).isEqualTo(new Money(1500, "EUR"));
    }

    @Test
    void theInvoiceIsTheAnchorWhenThereIsOneAndTheSessionWhenThereIsNothingElse() {
        assertThat(settled(decide(new Sample().metadata(POINTS).invoice("in_1")))
                        .anchor())
                .isEqualTo("in_1");
        assertThat(settled(decide(new Sample()
                                .metadata(POINTS)
                                .intent(null)
                                .paymentSeen(false)
                                .paymentStatus("no_payment_required")))
                        .anchor())
                .isEqualTo("cs_1");
    }

    @Test
    void waitsForWhatIsMissing() {
        assertThat(decide(new Sample().metadata(POINTS).buyer(null)))
                .isEqualTo(new SettlementDecision.Wait("identity:/cs_1", "IDENTITY_UNKNOWN", false));
        assertThat(decide(new Sample().metadata(POINTS).paymentSeen(false)))
                .isEqualTo(new SettlementDecision.Wait("payment:/pi_1", "PAYMENT_NOT_SEEN", false));
        assertThat(decide(new Sample().lines("none")))
                .isEqualTo(new SettlementDecision.Wait("lines:/cs_1", "LINES_UNKNOWN", true));
    }

    @Test
    void whatIsNotABoughtThingIsNotSettled() {
        assertThat(decide(new Sample().metadata(POINTS).mode("subscription")))
                .isEqualTo(new SettlementDecision.Nothing());
        assertThat(decide(new Sample().metadata(POINTS).mode("setup"))).isEqualTo(new SettlementDecision.Nothing());
        assertThat(decide(new Sample().metadata(POINTS).paymentStatus("unpaid")))
                .isEqualTo(new SettlementDecision.Nothing());
        assertThat(decide(new Sample().metadata(POINTS).settled())).isEqualTo(new SettlementDecision.Nothing());
    }

    @Test
    void malformedTermsAreHeldForAnOperator() {
        assertThat(decide(new Sample().metadata(Map.of("points", "many"))))
                .isEqualTo(new SettlementDecision.Hold("operator:pi_1", "POINTS_MALFORMED"));
        assertThat(decide(new Sample().lines("embedded", new Line(1, Map.of("credits", "x"), NONE))))
                .isEqualTo(new SettlementDecision.Hold("operator:pi_1", "CREDITS_MALFORMED"));
        assertThat(decide(new Sample().lines("embedded", new Line(2, Map.of("points", "900000000"), NONE))))
                .isEqualTo(new SettlementDecision.Hold("operator:pi_1", "TERMS_TOO_LARGE"));
        assertThat(decide(new Sample().lines("gone")))
                .isEqualTo(new SettlementDecision.Hold("operator:pi_1", "SESSION_GONE"));
    }

    @Test
    void thePricesTermsComeBeforeItsProducts() {
        // Given
        Line priced = new Line(2, Map.of("points", "5"), Map.of("points", "100"));
        Line ofProduct = new Line(3, NONE, Map.of("voucher_days", "30"));

        // When
        SettlementDecision decision = decide(new Sample().lines("embedded", priced, ofProduct));

        // Then
        VoucherTerm days = VoucherTerm.ofDays(30);
        assertThat(settled(decision).terms()).isEqualTo(new Terms(10, 0, List.of(days, days, days)));
    }

    @Test
    void eachKindOfTermIsTakenFromTheNearestPlaceThatNamesIt() {
        // Given
        Line line = new Line(2, Map.of("credits", "3"), Map.of("credits", "9", "points", "7", "voucher_months", "1"));

        // When
        SettlementDecision decision = decide(new Sample().metadata(POINTS).lines("looked_up", line));

        // Then
        VoucherTerm month = VoucherTerm.ofMonths(1);
        assertThat(settled(decision).terms()).isEqualTo(new Terms(500, 6, List.of(month, month)));
    }

    @Test
    void asksForTheLinesUnlessTheSessionNamesEveryKind() {
        // Given
        Map<String, String> every = Map.of("points", "5", "credits", "7", "voucher_days", "30");

        // Then
        assertThat(decide(new Sample().metadata(POINTS).lines("none"))).isInstanceOf(SettlementDecision.Wait.class);
        assertThat(decide(new Sample().metadata(every).lines("none"))).isInstanceOf(SettlementDecision.Settle.class);
        assertThat(settled(decide(new Sample().metadata(POINTS).lines("gone"))).terms())
                .isEqualTo(new Terms(500, 0, List.of()));
    }

    @Test
    void aLineWhoseProductIsNotKnownIsAskedForUnlessItsPriceDecides() {
        // Given
        Line undecided = new Line(1, Map.of("points", "5"), null);
        Line decided = new Line(1, Map.of("points", "5", "credits", "7", "voucher_months", "1"), null);

        // Then
        assertThat(decide(new Sample().lines("embedded", decided, undecided)))
                .isInstanceOf(SettlementDecision.Wait.class);
        assertThat(decide(new Sample().lines("embedded", decided))).isInstanceOf(SettlementDecision.Settle.class);
        assertThat(decide(new Sample().lines("looked_up", undecided))).isInstanceOf(SettlementDecision.Settle.class);
    }

    @Test
    void withoutAnybodyToAskAPurchaseWithoutTermsIsSettledWithoutThem() {
        assertThat(settled(SettlementRules.decide(new Sample().lines("none").build(), false))
                        .terms())
                .isEqualTo(Terms.NONE);
    }

    @Test
    void grantsAreTheBuyers() {
        // Given
        Settlement settlement = settled(decide(new Sample().metadata(Map.of("points", "5", "credits", "7"))));

        // When
        List<WalletMove> grants = SettlementRules.grants(settlement, new Cause("", "evt_1", 0));

        // Then
        assertThat(grants)
                .extracting(WalletMove::businessKey, WalletMove::userId, WalletMove::unit, WalletMove::amount)
                .containsExactly(
                        tuple("grant:pi_1:points", BUYER.userId(), "points", 5L),
                        tuple("grant:pi_1:credits", BUYER.userId(), "credits", 7L));
    }

    private static SettlementDecision decide(Sample sample) {
        return SettlementRules.decide(sample.build(), true);
    }

    private static Settlement settled(SettlementDecision decision) {
        return ((SettlementDecision.Settle) decision).settlement();
    }

    /** A paid purchase whose lines are not known, to be varied. */
    private static final class Sample {
        private String mode = "payment";
        private String paymentStatus = "paid";
        private @Nullable String intent = "pi_1";
        private @Nullable String invoice;
        private Map<String, String> metadata = NONE;
        private String linesSource = "looked_up";
        private List<Line> lines = List.of();
        private @Nullable Buyer buyer = BUYER;
        private boolean paymentSeen = true;
        private boolean settled;
        private boolean paidOtherwise;

        Sample mode(String value) {
            mode = value;
            return this;
        }

        Sample paymentStatus(String value) {
            paymentStatus = value;
            return this;
        }

        Sample intent(@Nullable String value) {
            intent = value;
            return this;
        }

        Sample invoice(String value) {
            invoice = value;
            return this;
        }

        Sample metadata(Map<String, String> value) {
            metadata = value;
            return this;
        }

        Sample lines(String source, Line... values) {
            linesSource = source;
            lines = List.of(values);
            return this;
        }

        Sample buyer(@Nullable Buyer value) {
            buyer = value;
            return this;
        }

        Sample paymentSeen(boolean value) {
            paymentSeen = value;
            return this;
        }

        Sample settled() {
            settled = true;
            return this;
        }

        Sample paidOtherwise() {
            paidOtherwise = true;
            return this;
        }

        Purchase build() {
            return new Purchase(
                    "",
                    "cs_1",
                    mode,
                    "complete",
                    paymentStatus,
                    intent,
                    invoice,
                    new Money(1500, "EUR"),
                    null,
                    null,
                    null,
                    metadata,
                    linesSource,
                    lines,
                    buyer,
                    paymentSeen,
                    settled,
                    paidOtherwise,
                    null,
                    Instant.EPOCH);
        }
    }
}

package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.RefundCreateParams;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dispute's whole life: the bank's side by the levers, the merchant's side by Stripe's client. */
class DisputeIT {
    private TestShop shop;
    private StripeClient stripe;
    private Charge charge;
    private String before;

    @BeforeEach
    void start() throws Exception {
        shop = new TestShop(0);
        stripe = shop.stripe();
        charge = shop.buy();
        before = shop.lastEvent();
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    private String open(String more) throws Exception {
        return shop.control("/_sim/disputes", "{\"charge\":\"" + charge.getId() + "\"" + more + "}")
                .path("id")
                .asText();
    }

    private Dispute now(String id) throws Exception {
        return stripe.v1().disputes().retrieve(id);
    }

    @Test
    void aChargebackTakesTheMoneyAndAWinBringsItBack() throws Exception {
        // When
        String id = open("");
        Dispute opened = now(id);
        stripe.v1()
                .disputes()
                .update(
                        id,
                        DisputeUpdateParams.builder()
                                .setEvidence(DisputeUpdateParams.Evidence.builder()
                                        .setUncategorizedText("It was delivered.")
                                        .build())
                                .setSubmit(true)
                                .build());
        Dispute answered = now(id);
        shop.control("/_sim/disputes/" + id + "/win", "");

        // Then
        assertThat(opened.getStatus()).isEqualTo("needs_response");
        assertThat(opened.getIsChargeRefundable()).isFalse();
        assertThat(answered.getStatus()).isEqualTo("under_review");
        assertThat(now(id).getStatus()).isEqualTo("won");
        assertThat(now(id).getBalanceTransactions())
                .extracting(transaction -> transaction.getReportingCategory() + " " + transaction.getNet())
                .containsExactly("dispute -4650", "dispute_reversal 4650");
        assertThat(stripe.v1().charges().retrieve(charge.getId()).getDisputed()).isTrue();
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "charge.dispute.created",
                        "charge.updated",
                        "charge.dispute.funds_withdrawn",
                        "charge.dispute.updated",
                        "charge.dispute.funds_reinstated",
                        "charge.dispute.closed");
        assertThat(shop.refusal("/_sim/disputes/" + id + "/lose", "{}")).isEqualTo(400);
        assertThat(shop.refusal("/_sim/disputes", "{\"charge\":\"" + charge.getId() + "\"}"))
                .isEqualTo(400);
    }

    @Test
    void aLostDisputeKeepsTheMoneyAndStopsRefunds() throws Exception {
        // Given
        String id = open(",\"amount\":1000");

        // When
        stripe.v1().disputes().close(id);

        // Then
        assertThat(now(id).getStatus()).isEqualTo("lost");
        assertThat(now(id).getBalanceTransactions()).hasSize(1);
        assertThatThrownBy(() -> stripe.v1()
                        .refunds()
                        .create(RefundCreateParams.builder()
                                .setCharge(charge.getId())
                                .build()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("charge_disputed"));
        assertThat(stripe.v1()
                        .disputes()
                        .list(DisputeListParams.builder()
                                .setPaymentIntent(charge.getPaymentIntent())
                                .build())
                        .getData())
                .hasSize(1);
    }

    @Test
    void anInquiryTakesNothingUntilItIsEscalated() throws Exception {
        // Given
        String id = open(",\"inquiry\":true");
        Dispute inquiry = now(id);

        // When
        shop.control("/_sim/disputes/" + id + "/withdraw", "");
        shop.control("/_sim/disputes/" + id + "/reinstate", "");

        // Then
        assertThat(inquiry.getStatus()).isEqualTo("warning_needs_response");
        assertThat(inquiry.getIsChargeRefundable()).isTrue();
        assertThat(inquiry.getBalanceTransactions()).isEmpty();
        assertThat(now(id).getStatus()).isEqualTo("needs_response");
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "charge.dispute.created",
                        "charge.updated",
                        "charge.dispute.updated",
                        "charge.dispute.funds_withdrawn",
                        "charge.dispute.funds_reinstated");
        assertThat(shop.refusal("/_sim/disputes/" + id + "/reinstate", "{}")).isEqualTo(400);
    }

    @Test
    void anInquiryThatComesToNothingIsClosed() throws Exception {
        // Given
        String id = open(",\"inquiry\":true");

        // When
        shop.control("/_sim/disputes/" + id + "/lose", "");

        // Then
        assertThat(now(id).getStatus()).isEqualTo("warning_closed");
        assertThat(shop.happenedSince(before))
                .containsExactly("charge.dispute.created", "charge.updated", "charge.dispute.closed");
    }

    @Test
    void aFraudWarningIsTold() throws Exception {
        // When
        shop.control("/_sim/fraud_warnings", "{\"charge\":\"" + charge.getId() + "\"}");

        // Then
        assertThat(shop.happenedSince(before)).containsExactly("radar.early_fraud_warning.created");
    }
}

package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every button of the hosted page, and what Stripe tells of it. */
class HostedPaymentIT {
    private TestShop shop;
    private Session session;
    private String before;

    @BeforeEach
    void start() throws Exception {
        shop = new TestShop(0);
        session = shop.session();
        before = shop.lastEvent();
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    private HttpResponse<String> press(String button) throws Exception {
        return shop.post(session.getUrl(), "action=" + button + "&email=ada%40example.com&name=Ada");
    }

    private Session sessionNow() throws Exception {
        return shop.stripe().v1().checkout().sessions().retrieve(session.getId());
    }

    private PaymentIntent intent() throws Exception {
        return shop.stripe().v1().paymentIntents().retrieve(sessionNow().getPaymentIntent());
    }

    @Test
    void thePageOffersEveryWayToPay() throws Exception {
        // When
        String page = shop.get(session.getUrl()).body();

        // Then
        assertThat(page)
                .contains("value=\"pay\"")
                .contains("value=\"challenge\"")
                .contains("value=\"debit\"")
                .contains("value=\"debit_fail\"")
                .contains("value=\"decline\"")
                .contains("value=\"expire\"");
    }

    @Test
    void threeDSecureAsksFirstAndThenPaysTheSameIntent() throws Exception {
        // When
        HttpResponse<String> asked = press("challenge");
        HttpResponse<String> paid = press("authenticate");

        // Then
        assertThat(asked.body()).contains("Your bank asks").contains("value=\"refuse\"");
        assertThat(paid.statusCode()).isEqualTo(303);
        assertThat(sessionNow().getPaymentStatus()).isEqualTo("paid");
        assertThat(intent().getNextAction()).isNull();
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "payment_intent.created",
                        "payment_intent.requires_action",
                        "customer.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "checkout.session.completed",
                        "charge.updated");
    }

    @Test
    void aRefusedChallengeLeavesTheCheckoutOpenForAnotherTry() throws Exception {
        // Given
        press("challenge");

        // When
        HttpResponse<String> refused = press("refuse");
        HttpResponse<String> paid = press("pay");

        // Then
        assertThat(refused.statusCode()).isEqualTo(402);
        assertThat(refused.body()).contains("not satisfied").contains("value=\"pay\"");
        assertThat(paid.statusCode()).isEqualTo(303);
        assertThat(shop.happenedSince(before)).contains("payment_intent.payment_failed", "charge.succeeded");
        assertThat(press("refuse").statusCode()).isEqualTo(400);
    }

    @Test
    void aDebitIsCompleteAtOnceAndPaidDaysLater() throws Exception {
        // When
        HttpResponse<String> left = press("debit");
        Session completed = sessionNow();
        PaymentIntent processing = intent();
        shop.control("/_sim/clock/advance", "{\"days\":4}");

        // Then
        assertThat(left.statusCode()).isEqualTo(303);
        assertThat(completed.getStatus()).isEqualTo("complete");
        assertThat(completed.getPaymentStatus()).isEqualTo("unpaid");
        assertThat(processing.getStatus()).isEqualTo("processing");
        assertThat(sessionNow().getPaymentStatus()).isEqualTo("paid");
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "customer.created",
                        "payment_intent.created",
                        "charge.pending",
                        "payment_intent.processing",
                        "checkout.session.completed",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "checkout.session.async_payment_succeeded",
                        "charge.updated");
        Charge charge = shop.stripe().v1().charges().retrieve(intent().getLatestCharge());
        assertThat(charge.getPaymentMethodDetails().getType()).isEqualTo("sepa_debit");
        assertThat(charge.getPaid()).isTrue();
        assertThat(charge.getBalanceTransaction()).startsWith("txn_");
    }

    @Test
    void aDebitThatTheBankReturnsFails() throws Exception {
        // When
        press("debit_fail");
        shop.control("/_sim/clock/advance", "{\"days\":4}");

        // Then
        assertThat(sessionNow().getPaymentStatus()).isEqualTo("unpaid");
        assertThat(intent().getStatus()).isEqualTo("requires_payment_method");
        assertThat(shop.happenedSince(before))
                .endsWith(
                        "checkout.session.completed",
                        "charge.failed",
                        "payment_intent.payment_failed",
                        "checkout.session.async_payment_failed");
    }

    @Test
    void aLeverDecidesADebitBeforeTheBankDoes() throws Exception {
        // Given
        press("debit");
        String intent = sessionNow().getPaymentIntent();

        // When
        shop.control("/_sim/payments/" + intent + "/fail", "");
        shop.control("/_sim/clock/advance", "{\"days\":4}");

        // Then
        assertThat(shop.happenedSince(before))
                .endsWith("checkout.session.async_payment_failed")
                .doesNotContain("charge.succeeded");
        assertThat(shop.refusal("/_sim/payments/" + intent + "/succeed", "")).isEqualTo(404);
    }

    @Test
    void decliningLeavesItOpenAndExpiringEndsIt() throws Exception {
        // When
        HttpResponse<String> declined = press("decline");
        HttpResponse<String> expired = press("expire");

        // Then
        assertThat(declined.statusCode()).isEqualTo(402);
        assertThat(expired.body()).contains("has expired");
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "payment_intent.created",
                        "charge.failed",
                        "payment_intent.payment_failed",
                        "checkout.session.expired");
    }

    @Test
    void theClockExpiresWhatNobodyPaid() throws Exception {
        // When
        shop.control("/_sim/clock/advance", "{\"hours\":25}");

        // Then
        assertThat(sessionNow().getStatus()).isEqualTo("expired");
        assertThat(shop.happenedSince(before)).containsExactly("checkout.session.expired");
        assertThat(press("pay").statusCode()).isEqualTo(400);
    }
}

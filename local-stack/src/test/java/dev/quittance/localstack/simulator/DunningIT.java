package dev.quittance.localstack.simulator;

import static com.stripe.param.PriceCreateParams.Recurring.Interval.MONTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.model.Invoice;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A renewal that is declined, its retries, and what the merchant wants when none of them helps. */
class DunningIT {
    private TestShop shop;
    private SubscriptionShop plans;
    private String id;

    @BeforeEach
    void start() throws Exception {
        shop = new TestShop(0);
        plans = new SubscriptionShop(shop);
        id = plans.buy(0, List.of(plans.price(1000, MONTH))).getSubscription();
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    private void decline(String times) throws Exception {
        shop.control("/_sim/subscriptions/" + id + "/fail_renewals", "{" + times + "}");
    }

    @Test
    void aDeclinedRenewalIsPastDueUntilARetryIsPaid() throws Exception {
        // Given
        decline("\"times\":1");
        String before = shop.lastEvent();

        // When
        shop.control("/_sim/subscriptions/" + id + "/renew", "");
        String declined = plans.now(id).getStatus();
        Invoice open = plans.lastInvoice(id);
        plans.advance(4);

        // Then
        assertThat(declined).isEqualTo("past_due");
        assertThat(open.getStatus()).isEqualTo("open");
        assertThat(open.getAttemptCount()).isEqualTo(1);
        assertThat(open.getNextPaymentAttempt()).isNotNull();
        assertThat(plans.now(id).getStatus()).isEqualTo("active");
        assertThat(plans.lastInvoice(id).getStatus()).isEqualTo("paid");
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "invoice.upcoming",
                        "invoice.created",
                        "customer.subscription.updated",
                        "invoice.finalized",
                        "payment_intent.created",
                        "charge.failed",
                        "payment_intent.payment_failed",
                        "invoice.updated",
                        "invoice.payment_failed",
                        "customer.subscription.updated",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice.updated",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "invoice_payment.paid",
                        "customer.subscription.updated",
                        "charge.updated");
    }

    @Test
    void afterTheLastRetryItIsCanceled() throws Exception {
        // Given
        decline("");

        // When
        shop.control("/_sim/subscriptions/" + id + "/renew", "");
        plans.advance(16);

        // Then
        assertThat(plans.now(id).getStatus()).isEqualTo("canceled");
        assertThat(plans.now(id).getCancellationDetails().getReason()).isEqualTo("payment_failed");
        assertThat(plans.lastInvoice(id).getAttemptCount()).isEqualTo(4);
        assertThat(plans.lastInvoice(id).getNextPaymentAttempt()).isNull();
    }

    @Test
    void whatIsOverIsNotCollectedAnyMore() throws Exception {
        // Given
        decline("\"times\":1");
        shop.control("/_sim/subscriptions/" + id + "/renew", "");
        shop.stripe().v1().subscriptions().cancel(id);
        String before = shop.lastEvent();

        // When
        plans.advance(40);

        // Then
        assertThat(shop.happenedSince(before)).isEmpty();
        assertThat(plans.lastInvoice(id).getStatus()).isEqualTo("open");
        assertThat(plans.lastInvoice(id).getAutoAdvance()).isFalse();
    }

    @Test
    void orItIsUnpaidUntilSomebodyPays() throws Exception {
        // Given
        shop.control("/_sim/subscriptions/after_retries", "{\"outcome\":\"unpaid\"}");
        decline("\"times\":4");
        shop.control("/_sim/subscriptions/" + id + "/renew", "");
        plans.advance(16);
        String given = plans.now(id).getStatus();

        // When
        shop.stripe().v1().invoices().pay(plans.lastInvoice(id).getId());

        // Then
        assertThat(given).isEqualTo("unpaid");
        assertThat(plans.now(id).getStatus()).isEqualTo("active");
    }

    @Test
    void aBankThatAsksTheBuyerLeavesTheInvoiceOpen() throws Exception {
        // Given
        decline("\"times\":1,\"reason\":\"authentication\"");
        String before = shop.lastEvent();

        // When
        shop.control("/_sim/subscriptions/" + id + "/renew", "");

        // Then
        assertThat(plans.now(id).getStatus()).isEqualTo("past_due");
        assertThat(shop.happenedSince(before))
                .endsWith(
                        "payment_intent.created",
                        "payment_intent.requires_action",
                        "invoice.payment_action_required",
                        "invoice.updated",
                        "invoice.payment_failed",
                        "customer.subscription.updated");
        shop.control("/_sim/invoices/" + plans.lastInvoice(id).getId() + "/pay", "");
        assertThat(plans.now(id).getStatus()).isEqualTo("active");
    }

    @Test
    void payingOverTheApiWithADeclinedCardIsAnError() throws Exception {
        // Given
        decline("\"times\":2");
        shop.control("/_sim/subscriptions/" + id + "/renew", "");
        String invoice = plans.lastInvoice(id).getId();

        // Then
        assertThatThrownBy(() -> shop.stripe().v1().invoices().pay(invoice)).isInstanceOf(CardException.class);
    }
}

package dev.quittance.localstack.simulator;

import static com.stripe.param.PriceCreateParams.Recurring.Interval.MONTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.checkout.Session;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscription's life by the clock, seen through Stripe's client. */
class SubscriptionIT {
    private TestShop shop;
    private SubscriptionShop plans;
    private Price monthly;

    @BeforeEach
    void start() throws Exception {
        shop = new TestShop(0);
        plans = new SubscriptionShop(shop);
        monthly = plans.price(1000, MONTH);
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    @Test
    void aCheckoutSubscribesAndItsInvoiceIsPaid() throws Exception {
        // When
        Session session = plans.buy(0, List.of(monthly));

        // Then
        Subscription subscription = plans.subscription(session);
        Invoice invoice = plans.lastInvoice(subscription.getId());
        assertThat(session.getPaymentStatus()).isEqualTo("paid");
        assertThat(session.getPaymentIntent()).isNull();
        assertThat(session.getInvoice()).isEqualTo(invoice.getId());
        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(subscription.getMetadata()).containsEntry("user_id", "u1");
        assertThat(subscription.getLatestInvoice()).isEqualTo(invoice.getId());
        assertThat(invoice.getStatus()).isEqualTo("paid");
        assertThat(invoice.getBillingReason()).isEqualTo("subscription_create");
        assertThat(invoice.getParent().getSubscriptionDetails().getSubscription())
                .isEqualTo(subscription.getId());
        InvoiceLineItem line = invoice.getLines().getData().getFirst();
        assertThat(line.getParent().getSubscriptionItemDetails().getSubscriptionItem())
                .isEqualTo(item(subscription).getId());
        assertThat(line.getPeriod().getEnd()).isEqualTo(item(subscription).getCurrentPeriodEnd());
    }

    @Test
    void aCheckoutTellsTheWholeBeginning() throws Exception {
        // Given
        String before = shop.lastEvent();

        // When
        Session session = plans.buy(0, List.of(monthly));

        // Then
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "customer.created",
                        "payment_method.attached",
                        "customer.updated",
                        "invoice.created",
                        "customer.subscription.created",
                        "invoice.finalized",
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice.updated",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "invoice_payment.paid",
                        "customer.subscription.updated",
                        "charge.updated",
                        "checkout.session.completed");
        InvoicePayment payment = shop.stripe()
                .v1()
                .invoicePayments()
                .list(InvoicePaymentListParams.builder()
                        .setInvoice(session.getInvoice())
                        .build())
                .getData()
                .getFirst();
        assertThat(shop.stripe()
                        .v1()
                        .paymentIntents()
                        .retrieve(payment.getPayment().getPaymentIntent())
                        .getAmount())
                .isEqualTo(1000);
    }

    @Test
    void theClockRenewsEachPeriodAtItsOwnMoment() throws Exception {
        // Given
        Subscription subscription = plans.subscription(plans.buy(0, List.of(monthly)));
        String before = shop.lastEvent();
        long end = item(subscription).getCurrentPeriodEnd();

        // When
        plans.advance(32);

        // Then
        Invoice renewal = plans.lastInvoice(subscription.getId());
        assertThat(renewal.getBillingReason()).isEqualTo("subscription_cycle");
        assertThat(renewal.getCreated()).isEqualTo(end);
        assertThat(renewal.getStatusTransitions().getPaidAt()).isEqualTo(end + 3600);
        assertThat(item(plans.now(subscription.getId())).getCurrentPeriodStart())
                .isEqualTo(end);
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "invoice.upcoming",
                        "invoice.created",
                        "customer.subscription.updated",
                        "invoice.finalized",
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice.updated",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "invoice_payment.paid",
                        "charge.updated");
        plans.advance(62);
        assertThat(plans.invoices(subscription.getId())).hasSize(4);
    }

    @Test
    void aTrialCostsNothingWarnsAndThenBills() throws Exception {
        // Given
        Session session = plans.buy(14, List.of(monthly));
        Subscription trial = plans.subscription(session);
        Invoice first = plans.lastInvoice(trial.getId());
        String before = shop.lastEvent();

        // When
        plans.advance(15);

        // Then
        assertThat(session.getPaymentStatus()).isEqualTo("no_payment_required");
        assertThat(trial.getStatus()).isEqualTo("trialing");
        assertThat(first.getAmountPaid()).isZero();
        assertThat(first.getStatus()).isEqualTo("paid");
        assertThat(shop.happenedSince(before)).contains("customer.subscription.trial_will_end", "invoice.paid");
        assertThat(plans.now(trial.getId()).getStatus()).isEqualTo("active");
        assertThat(plans.lastInvoice(trial.getId()).getAmountPaid()).isEqualTo(1000);
        assertThat(item(plans.now(trial.getId())).getCurrentPeriodStart()).isEqualTo(trial.getTrialEnd());
    }

    @Test
    void cancellationAtThePeriodsEndCanBeUndoneUntilThen() throws Exception {
        // Given
        String undone = plans.buy(0, List.of(monthly)).getSubscription();
        String kept = plans.buy(0, List.of(monthly)).getSubscription();
        SubscriptionUpdateParams cancel =
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build();
        plans.update(undone, cancel);
        Subscription noted = plans.update(kept, cancel);

        // When
        plans.update(
                undone,
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(false).build());
        plans.advance(32);

        // Then
        assertThat(noted.getStatus()).isEqualTo("active");
        assertThat(noted.getCancelAt()).isEqualTo(item(noted).getCurrentPeriodEnd());
        assertThat(plans.now(undone).getStatus()).isEqualTo("active");
        assertThat(plans.now(kept).getStatus()).isEqualTo("canceled");
        assertThat(plans.now(kept).getEndedAt()).isEqualTo(item(noted).getCurrentPeriodEnd());
        assertThat(plans.invoices(kept)).hasSize(1);
        assertThatThrownBy(() -> plans.update(kept, cancel)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void anImmediateCancellationEndsItNow() throws Exception {
        // Given
        String id = plans.buy(0, List.of(monthly)).getSubscription();
        String before = shop.lastEvent();

        // When
        Subscription canceled = shop.stripe().v1().subscriptions().cancel(id);

        // Then
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(canceled.getEndedAt()).isEqualTo(canceled.getCanceledAt());
        assertThat(shop.happenedSince(before)).containsExactly("customer.subscription.deleted");
    }

    @Test
    void aDeletedCustomerHasNoSubscription() throws Exception {
        // Given
        Session session = plans.buy(0, List.of(monthly));
        String before = shop.lastEvent();

        // When
        shop.stripe().v1().customers().delete(session.getCustomer());
        plans.advance(40);

        // Then
        assertThat(plans.subscription(session).getStatus()).isEqualTo("canceled");
        assertThat(shop.happenedSince(before)).containsExactly("customer.subscription.deleted", "customer.deleted");
    }

    @Test
    void manyLinesComeInPages() throws Exception {
        // Given
        List<Price> prices = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            prices.add(plans.price(100L * i, MONTH));
        }

        // When
        String id = plans.buy(0, prices).getSubscription();

        // Then
        Invoice invoice = plans.lastInvoice(id);
        assertThat(invoice.getTotal()).isEqualTo(7800);
        assertThat(invoice.getLines().getData()).hasSize(10);
        assertThat(invoice.getLines().getHasMore()).isTrue();
        assertThat(shop.stripe()
                        .v1()
                        .invoices()
                        .lineItems()
                        .list(invoice.getId())
                        .autoPagingIterable())
                .hasSize(12);
    }

    private static SubscriptionItem item(Subscription subscription) {
        return subscription.getItems().getData().getFirst();
    }
}

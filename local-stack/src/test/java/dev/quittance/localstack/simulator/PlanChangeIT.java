package dev.quittance.localstack.simulator;

import static com.stripe.param.PriceCreateParams.Recurring.Interval.DAY;
import static com.stripe.param.PriceCreateParams.Recurring.Interval.MONTH;
import static com.stripe.param.PriceCreateParams.Recurring.Interval.YEAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another plan in the middle of a period, and a pause. */
class PlanChangeIT {
    private TestShop shop;
    private SubscriptionShop plans;
    private Price small;

    @BeforeEach
    void start() throws Exception {
        shop = new TestShop(0);
        plans = new SubscriptionShop(shop);
        small = plans.price(1000, MONTH);
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    private Subscription change(String id, Price price, ProrationBehavior proration) throws Exception {
        return plans.update(
                id,
                SubscriptionUpdateParams.builder()
                        .addItem(SubscriptionUpdateParams.Item.builder()
                                .setId(item(plans.now(id)).getId())
                                .setPrice(price.getId())
                                .build())
                        .setProrationBehavior(proration)
                        .build());
    }

    @Test
    void aBiggerPlanIsBilledAtOnceForTheRestOfThePeriod() throws Exception {
        // Given
        String id = plans.buy(0, List.of(small)).getSubscription();
        Price big = plans.price(3000, MONTH);
        SubscriptionItem item = item(plans.now(id));
        plans.advance(15);
        String before = shop.lastEvent();

        // When
        Subscription changed = change(id, big, ProrationBehavior.ALWAYS_INVOICE);

        // Then
        Invoice invoice = plans.lastInvoice(id);
        long whole = item.getCurrentPeriodEnd() - item.getCurrentPeriodStart();
        long left = whole - 15 * 86_400;
        List<Long> amounts = SubscriptionShop.amounts(invoice);
        assertThat(amounts.getFirst()).isCloseTo(-1000 * left / whole, within());
        assertThat(amounts.getLast()).isCloseTo(3000 * left / whole, within());
        assertThat(invoice.getTotal()).isEqualTo(amounts.getFirst() + amounts.getLast());
        assertThat(invoice.getBillingReason()).isEqualTo("subscription_update");
        assertThat(invoice.getStatus()).isEqualTo("paid");
        assertThat(invoice.getLines().getData())
                .extracting(InvoiceLineItem::getParent)
                .allSatisfy(parent -> assertThat(parent.getInvoiceItemDetails().getProration())
                        .isTrue());
        assertThat(item(changed).getPrice().getId()).isEqualTo(big.getId());
        assertThat(item(changed).getCurrentPeriodEnd()).isEqualTo(item.getCurrentPeriodEnd());
        assertThat(shop.happenedSince(before))
                .startsWith(
                        "invoiceitem.created",
                        "invoiceitem.created",
                        "invoice.created",
                        "customer.subscription.updated",
                        "invoice.finalized")
                .contains("invoice.paid");
    }

    @Test
    void prorationsWaitForTheNextInvoiceUnlessAskedFor() throws Exception {
        // Given
        String waiting = plans.buy(0, List.of(small)).getSubscription();
        String none = plans.buy(0, List.of(small)).getSubscription();
        Price big = plans.price(3000, MONTH);
        plans.advance(10);
        change(waiting, big, ProrationBehavior.CREATE_PRORATIONS);
        change(none, big, ProrationBehavior.NONE);

        // When
        plans.advance(22);

        // Then
        assertThat(plans.invoices(waiting)).hasSize(2);
        assertThat(SubscriptionShop.amounts(plans.lastInvoice(waiting)))
                .hasSize(3)
                .endsWith(3000L);
        assertThat(SubscriptionShop.amounts(plans.lastInvoice(none))).containsExactly(3000L);
    }

    @Test
    void anotherIntervalBeginsANewPeriodAtOnce() throws Exception {
        // Given
        String id = plans.buy(0, List.of(small)).getSubscription();
        Price yearly = plans.price(10_000, YEAR);

        // When
        Subscription changed = change(id, yearly, ProrationBehavior.CREATE_PRORATIONS);

        // Then
        long days = (item(changed).getCurrentPeriodEnd() - item(changed).getCurrentPeriodStart()) / 86_400;
        assertThat(days).isBetween(365L, 366L);
        assertThat(SubscriptionShop.amounts(plans.lastInvoice(id))).hasSize(2).endsWith(10_000L);
        assertThat(plans.lastInvoice(id).getStatus()).isEqualTo("paid");
    }

    @Test
    void aSmallerPlanLeavesACreditThatPaysTheNextInvoice() throws Exception {
        // Given
        Price big = plans.price(9000, MONTH);
        String id = plans.buy(0, List.of(big)).getSubscription();

        // When
        change(id, small, ProrationBehavior.ALWAYS_INVOICE);
        plans.advance(32);

        // Then
        Invoice renewal = plans.lastInvoice(id);
        assertThat(plans.invoices(id).get(1).getTotal()).isNegative();
        assertThat(renewal.getTotal()).isEqualTo(1000);
        assertThat(renewal.getAmountDue()).isZero();
        assertThat(renewal.getStatus()).isEqualTo("paid");
        assertThat(renewal.getEndingBalance()).isEqualTo(renewal.getStartingBalance() + 1000);
    }

    @Test
    void pausedCollectionBillsNothingUntilItResumes() throws Exception {
        // Given
        String id = plans.buy(0, List.of(plans.price(100, DAY))).getSubscription();
        plans.update(
                id,
                SubscriptionUpdateParams.builder()
                        .setPauseCollection(SubscriptionUpdateParams.PauseCollection.builder()
                                .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID)
                                .build())
                        .build());
        plans.advance(2);
        String paused = plans.lastInvoice(id).getStatus();

        // When
        plans.update(
                id,
                SubscriptionUpdateParams.builder()
                        .setPauseCollection(com.stripe.param.common.EmptyParam.EMPTY)
                        .build());
        plans.advance(2);

        // Then
        assertThat(paused).isIn("void", "draft");
        assertThat(plans.invoices(id)).extracting(Invoice::getStatus).contains("void", "paid");
        assertThat(plans.now(id).getPauseCollection()).isNull();
    }

    @Test
    void aPausedSubscriptionStandsStillAndIsResumed() throws Exception {
        // Given
        String id = plans.buy(0, List.of(small)).getSubscription();
        shop.control("/_sim/subscriptions/" + id + "/pause", "");
        plans.advance(40);
        int invoices = plans.invoices(id).size();
        String before = shop.lastEvent();

        // When
        Subscription resumed = shop.stripe().v1().subscriptions().resume(id);

        // Then
        assertThat(invoices).isEqualTo(1);
        assertThat(resumed.getStatus()).isEqualTo("active");
        assertThat(shop.happenedSince(before)).contains("customer.subscription.resumed");
        assertThat(plans.invoices(id)).hasSize(2);
    }

    /** The test's clock runs on while it runs. */
    private static org.assertj.core.data.Offset<Long> within() {
        return org.assertj.core.data.Offset.offset(1L);
    }

    private static SubscriptionItem item(Subscription subscription) {
        return subscription.getItems().getData().getFirst();
    }
}

package dev.quittance.localstack.simulator;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.util.ArrayList;
import java.util.List;

/** A merchant who sells subscriptions. */
final class SubscriptionShop {
    private final TestShop shop;

    SubscriptionShop(TestShop shop) {
        this.shop = shop;
    }

    Price price(long amount, PriceCreateParams.Recurring.Interval interval) throws StripeException {
        return shop.stripe()
                .v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("eur")
                        .setUnitAmount(amount)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(interval)
                                .build())
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Plan of " + amount)
                                .build())
                        .build());
    }

    Session session(long trialDays, List<Price> prices) throws StripeException {
        SessionCreateParams.SubscriptionData.Builder data =
                SessionCreateParams.SubscriptionData.builder().putMetadata("user_id", "u1");
        if (trialDays > 0) {
            data.setTrialPeriodDays(trialDays);
        }
        SessionCreateParams.Builder params = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setSuccessUrl("http://127.0.0.1/ok")
                .setSubscriptionData(data.build());
        prices.forEach(price -> params.addLineItem(SessionCreateParams.LineItem.builder()
                .setPrice(price.getId())
                .setQuantity(1L)
                .build()));
        return shop.stripe().v1().checkout().sessions().create(params.build());
    }

    /** Through the hosted page, as a person does it. */
    Session buy(long trialDays, List<Price> prices) throws Exception {
        Session session = session(trialDays, prices);
        shop.post(session.getUrl(), "action=pay&email=ada%40example.com&name=Ada");
        return shop.stripe().v1().checkout().sessions().retrieve(session.getId());
    }

    Subscription subscription(Session session) throws StripeException {
        return now(session.getSubscription());
    }

    Subscription now(String subscription) throws StripeException {
        return shop.stripe().v1().subscriptions().retrieve(subscription);
    }

    Subscription update(String subscription, SubscriptionUpdateParams params) throws StripeException {
        return shop.stripe().v1().subscriptions().update(subscription, params);
    }

    /** Newest first. */
    List<Invoice> invoices(String subscription) throws StripeException {
        return shop.stripe()
                .v1()
                .invoices()
                .list(InvoiceListParams.builder().setSubscription(subscription).build())
                .getData();
    }

    Invoice lastInvoice(String subscription) throws StripeException {
        return invoices(subscription).getFirst();
    }

    static List<Long> amounts(Invoice invoice) {
        List<Long> amounts = new ArrayList<>();
        for (InvoiceLineItem line : invoice.getLines().getData()) {
            amounts.add(line.getAmount());
        }
        return amounts;
    }

    void advance(int days) throws Exception {
        shop.control("/_sim/clock/advance", "{\"days\":" + days + "}");
    }
}

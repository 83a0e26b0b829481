package dev.quittance.localstack.simulator;

import static com.stripe.param.PriceCreateParams.Recurring.Interval.MONTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own reader finds the same facts in what the simulator sends, whatever the version. */
class ReadInEveryVersionIT {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

    private static StripeObject told(TestShop shop, String type) {
        String body = await().until(
                        () -> shop.received().stream()
                                .filter(one -> one.type().equals(type))
                                .map(Endpoint.Received::body)
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
        return StripeEvent.read(body.getBytes(StandardCharsets.UTF_8)) instanceof StripeEvent.Reading.Read read
                ? read.event().object()
                : StripeObject.none();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-08-27", "2024-06-20", "2025-03-31.basil", "2026-07-29.dahlia"})
    @DisplayName("A14, N-08: a subscription's invoice is read in every version")
    void aSubscriptionsInvoice(String version) throws Exception {
        try (TestShop shop = new TestShop(0, 5, NOW)) {
            // Given
            shop.control("/_sim/api_version", "{\"version\":\"" + version + "\"}");
            SubscriptionShop plans = new SubscriptionShop(shop);

            // When
            String id = plans.buy(0, List.of(plans.price(1000, MONTH))).getSubscription();

            // Then
            StripeObject invoice = told(shop, "invoice.paid");
            StripeObject line = invoice.list("lines").getFirst();
            StripeObject subscription = told(shop, "customer.subscription.created");
            assertThat(invoice.id("parent.subscription_details.subscription", "subscription")
                            .orElse(""))
                    .isEqualTo(id);
            assertThat(line.id("pricing.price_details.price", "price").orElse(""))
                    .isEqualTo(subscription.list("items").getFirst().id("price").orElse("none"));
            assertThat(line.time("period.end").orNull())
                    .isEqualTo(Instant.parse("2026-12-20T12:00:00Z"))
                    .isEqualTo(subscription
                            .list("items")
                            .getFirst()
                            .time("current_period_end")
                            .orElse(subscription.time("current_period_end").orElse(Instant.EPOCH)));
            assertThat(invoice.integer("amount_paid").orElse(0L)).isEqualTo(1000);
            assertThat(invoice.text("billing_reason").orElse("")).isEqualTo("subscription_create");
            assertThat(line.metadata()).containsEntry("user_id", "u1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-08-27", "2024-06-20", "2025-03-31.basil", "2026-07-29.dahlia"})
    @DisplayName("A14, N-08: a purchase tells the same in every version")
    void aPurchaseTellsTheSameSixEvents(String version) throws Exception {
        try (TestShop shop = new TestShop(0, 5, NOW)) {
            // Given
            shop.control("/_sim/api_version", "{\"version\":\"" + version + "\"}");
            String url = shop.session().getUrl();
            String before = shop.lastEvent();

            // When
            shop.post(url, "action=pay&email=ada%40example.com&name=Ada");

            // Then
            assertThat(shop.happenedSince(before))
                    .containsExactly(
                            "customer.created",
                            "payment_intent.created",
                            "charge.succeeded",
                            "payment_intent.succeeded",
                            "checkout.session.completed",
                            "charge.updated");
            StripeObject session = told(shop, "checkout.session.completed");
            StripeObject charge = told(shop, "charge.updated");
            assertThat(session.integer("amount_total").orElse(0L)).isEqualTo(3150);
            assertThat(charge.id("payment_intent").orElse(""))
                    .isEqualTo(session.id("payment_intent").orElse("none"));
            assertThat(charge.id("balance_transaction").orElse("")).startsWith("txn_");
            assertThat(told(shop, "payment_intent.succeeded").list("charges").size())
                    .isEqualTo(version.startsWith("2020") ? 1 : 0);
        }
    }
}

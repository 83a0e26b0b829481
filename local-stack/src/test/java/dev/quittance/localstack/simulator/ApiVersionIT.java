package dev.quittance.localstack.simulator;

import static com.stripe.param.PriceCreateParams.Recurring.Interval.MONTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Refund;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.Webhook;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import dev.quittance.localstack.simulator.rest.Shapes;
import java.io.IOException;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same purchase, told to endpoints of every age at once. */
class ApiVersionIT {
    private static final String ANCIENT = "2020-08-27";
    private static final String BASIL = "2025-03-31.basil";

    private TestShop shop;
    private SubscriptionShop plans;

    @BeforeEach
    void start() throws Exception {
        shop = new TestShop(0);
        plans = new SubscriptionShop(shop);
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    private JsonNode told(Endpoint endpoint, String type) {
        return Awaitility.await()
                .until(
                        () -> endpoint.received().stream()
                                .filter(one -> one.type().equals(type))
                                .map(one -> one.event().at("/data/object"))
                                .reduce((_, last) -> last),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private WebhookEndpoint register(Endpoint endpoint, WebhookEndpointCreateParams.ApiVersion version)
            throws Exception {
        return shop.stripe()
                .v1()
                .webhookEndpoints()
                .create(WebhookEndpointCreateParams.builder()
                        .setUrl(endpoint.url().toString())
                        .setApiVersion(version)
                        .addEnabledEvent(EnabledEvent.ALL)
                        .build());
    }

    @Test
    void eachEndpointIsToldInItsOwnVersion() throws Exception {
        try (Endpoint old = new Endpoint(_ -> 200);
                Endpoint basil = new Endpoint(_ -> 200)) {
            // Given
            WebhookEndpoint registered = register(old, WebhookEndpointCreateParams.ApiVersion.VERSION_2020_08_27);
            register(basil, WebhookEndpointCreateParams.ApiVersion.VERSION_2025_03_31_BASIL);

            // When
            plans.buy(0, List.of(plans.price(1000, MONTH)));

            // Then
            JsonNode before = told(old, "invoice.paid");
            JsonNode since = told(basil, "invoice.paid");
            String subscription =
                    since.at("/parent/subscription_details/subscription").asText();
            assertThat(before.path("subscription").asText())
                    .isEqualTo(subscription)
                    .startsWith("sub_");
            assertThat(before.path("payment_intent").asText()).startsWith("pi_");
            assertThat(before.path("charge").asText()).startsWith("ch_");
            assertThat(before.path("paid").asBoolean()).isTrue();
            assertThat(before.at("/lines/data/0/price/unit_amount").asLong()).isEqualTo(1000);
            assertThat(before.at("/lines/data/0/type").asText()).isEqualTo("subscription");
            assertThat(before.has("parent")).isFalse();
            assertThat(since.has("payment_intent")).isFalse();
            assertThat(since.at("/lines/data/0/pricing/price_details/price").asText())
                    .startsWith("price_");
            JsonNode subscribed = told(old, "customer.subscription.created");
            assertThat(subscribed.path("current_period_end").asLong())
                    .isEqualTo(told(basil, "customer.subscription.created")
                            .at("/items/data/0/current_period_end")
                            .asLong());
            assertThat(subscribed.at("/items/data/0").has("current_period_end")).isFalse();
            assertThat(told(old, "payment_intent.succeeded")
                            .at("/charges/data/0/invoice")
                            .asText())
                    .isEqualTo(before.path("id").asText());
            assertThat(told(basil, "checkout.session.completed").path("ui_mode").asText())
                    .isEqualTo("hosted");
            assertThat(told(basil, "invoice_payment.paid").path("invoice")).isEqualTo(since.path("id"));
            assertThat(old.received()).noneMatch(one -> one.type().equals("invoice_payment.paid"));
            Endpoint.Received first = old.received().getFirst();
            assertThat(Webhook.constructEvent(first.body(), first.signature(), registered.getSecret())
                            .getApiVersion())
                    .isEqualTo(ANCIENT);
        }
    }

    @Test
    void noVersionShowsWhatTheSimulatorHides() throws Exception {
        // Given
        plans.buy(0, List.of(plans.price(1000, MONTH)));

        // When
        List<Endpoint.Received> told = Awaitility.await()
                .until(
                        shop::received,
                        all -> all.stream().anyMatch(one -> one.type().equals("checkout.session.completed")));

        // Then
        assertThat(told).noneMatch(one -> one.body().contains("\"_"));
    }

    @Test
    void theAccountsVersionIsTheDefaultAndAHeaderOverridesIt() throws Exception {
        // Given
        shop.control("/_sim/api_version", "{\"version\":\"" + ANCIENT + "\"}");
        com.stripe.model.Charge charge = shop.buy();
        Refund refund = shop.stripe()
                .v1()
                .refunds()
                .create(RefundCreateParams.builder().setCharge(charge.getId()).build());

        // When
        ObjectNode plain = Shapes.read(shop.api("/v1/charges/" + charge.getId(), null));
        ObjectNode basil = Shapes.read(shop.api("/v1/charges/" + charge.getId(), BASIL));

        // Then
        assertThat(plain.at("/refunds/data/0/id").asText()).isEqualTo(refund.getId());
        assertThat(plain.has("invoice")).isTrue();
        assertThat(basil.has("refunds")).isFalse();
        assertThat(basil.has("invoice")).isFalse();
        JsonNode event = Awaitility.await()
                .until(
                        () -> shop.received().stream()
                                .filter(one -> one.type().equals("charge.refunded"))
                                .map(Endpoint.Received::event)
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
        assertThat(event.path("api_version").asText()).isEqualTo(ANCIENT);
        assertThat(event.at("/data/previous_attributes/amount_refunded").asLong())
                .isZero();
        assertThat(event.at("/data/previous_attributes/refunded").isBoolean()).isTrue();
    }

    @Test
    void aVersionThatThereIsNotIsRefused() {
        assertThat(shop.apiStatus("/v1/charges", "2031-01-01.later")).isEqualTo(400);
        assertThat(shop.apiStatus("/v1/charges", "yesterday")).isEqualTo(400);
        assertThatThrownBy(() -> shop.stripe().v1().webhookEndpoints().retrieve("we_none"))
                .isInstanceOf(InvalidRequestException.class);
    }
}

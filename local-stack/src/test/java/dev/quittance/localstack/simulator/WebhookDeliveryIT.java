package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks on their way to an endpoint that does not take them at once, or over a line that fails. */
class WebhookDeliveryIT {
    private TestShop shop;
    private StripeClient stripe;

    @BeforeEach
    void start() throws IOException {
        shop = new TestShop(2);
        stripe = shop.stripe();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void everyAttemptIsSignedAnewAndRepeatedUntilItIsTaken() throws Exception {
        // When
        stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setEmail("ada@example.com")
                        .build());

        // Then
        await().untilAsserted(() -> assertThat(shop.received()).hasSize(3));
        for (Endpoint.Received received : shop.received()) {
            Event event = Webhook.constructEvent(received.body(), received.signature(), TestShop.SECRET);
            assertThat(event.getApiVersion()).isEqualTo("2026-07-29.dahlia");
        }
        assertThat(shop.received().stream().map(Endpoint.Received::body).distinct())
                .hasSize(1);
        await().untilAsserted(() ->
                assertThat(stripe.v1().events().list(undelivered()).getData()).isEmpty());
        assertThat(shop.received()).hasSize(3);
    }

    @Test
    void faultsDuplicateAndLoseDeliveries() throws Exception {
        // Given
        shop.control("/_sim/faults", "{\"duplicate_percent\":100}");
        stripe.v1().customers().create(CustomerCreateParams.builder().build());
        await().untilAsserted(() -> assertThat(shop.received()).hasSize(4));
        shop.control("/_sim/faults", "{\"duplicate_percent\":0,\"lose_percent\":100}");

        // When
        stripe.v1().customers().create(CustomerCreateParams.builder().build());

        // Then
        Event lost = stripe.v1().events().list(undelivered()).getData().getFirst();
        assertThat(lost.getPendingWebhooks()).isEqualTo(1);
        shop.control("/_sim/events/" + lost.getId() + "/resend", "");
        await().untilAsserted(() ->
                assertThat(stripe.v1().events().list(undelivered()).getData()).isEmpty());
    }

    @Test
    void oneAtATimeKeepsTheOrder() throws Exception {
        // Given
        shop.close();
        shop = new TestShop(0);
        shop.control("/_sim/faults", "{\"in_flight\":1}");

        // When
        shop.buy();

        // Then
        List<String> happened = shop.happenedSince(null);
        await().untilAsserted(() -> assertThat(shop.received()).hasSize(happened.size()));
        assertThat(shop.received()).extracting(Endpoint.Received::type).isEqualTo(happened);
    }

    @Test
    void undeliveredEventsAreListedInPagesNewestFirst() throws Exception {
        // Given
        shop.control("/_sim/faults", "{\"lose_percent\":100}");
        for (int i = 0; i < 5; i++) {
            stripe.v1().customers().create(CustomerCreateParams.builder().build());
        }

        // When
        StripeCollection<Event> page = stripe.v1()
                .events()
                .list(EventListParams.builder()
                        .setDeliverySuccess(false)
                        .setLimit(2L)
                        .build());

        // Then
        assertThat(page.getData()).hasSize(2);
        assertThat(page.getHasMore()).isTrue();
        assertThat(page.autoPagingIterable())
                .hasSize(5)
                .extracting(Event::getCreated)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(stripe.v1()
                        .events()
                        .list(EventListParams.builder().setDeliverySuccess(true).build())
                        .getData())
                .isEmpty();
    }

    @Test
    void anObjectOfSomebodyElsesEventCanBePutThere() throws Exception {
        // When
        shop.control("/_sim/objects", "{\"id\":\"txn_1\",\"object\":\"balance_transaction\",\"fee\":41}");

        // Then
        assertThat(stripe.v1().balanceTransactions().retrieve("txn_1").getFee()).isEqualTo(41);
        assertThat(shop.received()).isEmpty();
    }

    private static EventListParams undelivered() {
        return EventListParams.builder().setDeliverySuccess(false).build();
    }
}

package dev.quittance.localstack.simulator;

import static com.stripe.param.PriceCreateParams.Recurring.Interval.MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.model.Event;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page from which a person pulls every lever. */
class ControlPageIT {
    private TestShop shop;

    @BeforeEach
    void start() throws IOException {
        shop = new TestShop(0);
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    @Test
    void itShowsWhatThereIsWithTheLeversThatFit() throws Exception {
        // Given
        Charge charge = shop.buy();
        String subscription = new SubscriptionShop(shop)
                .buy(0, List.of(new SubscriptionShop(shop).price(900, MONTH)))
                .getSubscription();

        // When
        String page = shop.get(shop.url("/_sim")).body();

        // Then
        assertThat(page)
                .contains(charge.getPaymentIntent())
                .contains("31.50 EUR")
                .contains("action=\"/_sim/refunds\"")
                .contains("action=\"/_sim/disputes\"")
                .contains("action=\"/_sim/subscriptions/" + subscription + "/renew\"")
                .contains("name=\"reorder_millis\"")
                .contains("action=\"/_sim/clock/advance\"")
                .contains("checkout.session.completed")
                .doesNotContain("<script");
    }

    @Test
    void aLeverActsAndComesBack() throws Exception {
        // Given
        Charge charge = shop.buy();

        // When
        HttpResponse<String> answer =
                shop.post(shop.url("/_sim/refunds"), "payment_intent=" + charge.getPaymentIntent() + "&back=1");

        // Then
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/_sim");
        assertThat(shop.stripe().v1().charges().retrieve(charge.getId()).getRefunded())
                .isTrue();
    }

    @Test
    void aLeverThatDoesNotMoveSaysWhyWithoutMarkup() throws Exception {
        // When
        HttpResponse<String> answer = shop.post(shop.url("/_sim/refunds"), "charge=%3Cb%3Ech%3C%2Fb%3E&back=1");
        String page = shop.get(shop.url(answer.headers().firstValue("Location").orElseThrow()))
                .body();

        // Then
        assertThat(page)
                .contains("role=\"alert\"")
                .contains("&lt;b&gt;ch&lt;/b&gt;")
                .doesNotContain("<b>ch");
    }

    @Test
    void anEventIsSentAgainOnRequest() throws Exception {
        // Given
        shop.buy();
        Awaitility.await().until(() -> shop.received().size() >= 8);
        int before = shop.received().size();
        Event event =
                shop.stripe().v1().events().retrieve(shop.received().getFirst().id());

        // When
        shop.post(shop.url("/_sim/events/" + event.getId() + "/resend"), "back=1");

        // Then
        Awaitility.await().until(() -> shop.received().size() == before + 1);
        assertThat(shop.received().getLast().body())
                .isEqualTo(shop.received().getFirst().body());
    }

    @Test
    void theClockDoesNotGoBackNorTooFar() throws Exception {
        assertThat(shop.refusal("/_sim/clock/advance", "{\"by\":\"-PT1H\"}")).isEqualTo(400);
        assertThat(shop.refusal("/_sim/clock/advance", "{\"days\":36500}")).isEqualTo(400);
        assertThat(shop.refusal("/_sim/clock/advance", "{\"by\":\"soon\"}")).isEqualTo(400);
        assertThat(shop.refusal("/_sim/faults", "{\"drop_percent\":100}")).isEqualTo(400);
        assertThat(shop.refusal("/_sim/clock/advance", "{not json")).isEqualTo(400);
    }
}

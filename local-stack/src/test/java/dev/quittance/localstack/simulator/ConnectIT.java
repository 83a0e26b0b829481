package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import dev.quittance.localstack.simulator.rest.Shapes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made for a connected account is that account's, to its last event. */
class ConnectIT {
    private static final RequestOptions ACCOUNT =
            RequestOptions.builder().setStripeAccount("acct_1Connected").build();

    private TestShop shop;
    private StripeClient stripe;

    @BeforeEach
    void start() throws IOException {
        shop = new TestShop(0);
        stripe = shop.stripe();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void aConnectedAccountsPurchaseIsItsOwn() throws Exception {
        // Given
        Session session = stripe.v1()
                .checkout()
                .sessions()
                .create(
                        SessionCreateParams.builder()
                                .setMode(SessionCreateParams.Mode.PAYMENT)
                                .setCustomerCreation(SessionCreateParams.CustomerCreation.ALWAYS)
                                .setSuccessUrl("http://127.0.0.1/ok")
                                .addLineItem(LineItem.builder()
                                        .setQuantity(1L)
                                        .setPriceData(LineItem.PriceData.builder()
                                                .setCurrency("eur")
                                                .setUnitAmount(1000L)
                                                .setProductData(LineItem.PriceData.ProductData.builder()
                                                        .setName("Print")
                                                        .build())
                                                .build())
                                        .build())
                                .build(),
                        ACCOUNT);

        // When
        shop.post(session.getUrl(), "action=pay&email=ada%40example.com&name=Ada");

        // Then
        Session paid = stripe.v1().checkout().sessions().retrieve(session.getId(), ACCOUNT);
        PaymentIntent intent = stripe.v1().paymentIntents().retrieve(paid.getPaymentIntent(), ACCOUNT);
        assertThat(intent.getAmountReceived()).isEqualTo(1000);
        assertThatThrownBy(() -> stripe.v1().paymentIntents().retrieve(paid.getPaymentIntent()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("resource_missing"));
        assertThatThrownBy(() -> stripe.v1().checkout().sessions().retrieve(session.getId()))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(stripe.v1().customers().list().getData()).isEmpty();
        assertThat(accounts()).isNotEmpty().allMatch("acct_1Connected"::equals);
    }

    @Test
    void thePlatformsEventsNameNoAccount() throws Exception {
        // When
        shop.buy();

        // Then
        assertThat(accounts()).isNotEmpty().allMatch(String::isEmpty);
    }

    /** Whose each event is, by the API that lists them all. */
    private List<String> accounts() {
        JsonNode events = Shapes.read(shop.api("/v1/events?limit=100", null)).path("data");
        return events.findParents("pending_webhooks").stream()
                .map(event -> event.path("account").asText(""))
                .toList();
    }
}

package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.LineItem;
import com.stripe.model.Price;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionLineItemListParams;
import com.stripe.param.checkout.SessionListParams;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stripe's own client and Stripe's own signature check against the simulator. */
class StripeSimulatorIT {
    private static final String KEY = "sk_test_simulator";
    private static final String SECRET = "whsec_simulator_0123456789";
    private static final RetryPolicy FAST =
            new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMinutes(5));

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private Endpoint endpoint;
    private StripeSimulator simulator;
    private StripeClient stripe;

    @BeforeEach
    void start() throws IOException {
        // The endpoint refuses every event twice before it takes it.
        endpoint = new Endpoint(received -> attempts.computeIfAbsent(received.id(), _ -> new AtomicInteger())
                                .incrementAndGet()
                        < 3
                ? 503
                : 200);
        simulator = new StripeSimulator(StripeSimulator.Options.of(0, KEY, endpoint.url(), SECRET)
                        .withSeed(42)
                        .withRetries(FAST))
                .start();
        stripe = client(KEY);
    }

    @AfterEach
    void stop() {
        simulator.close();
        endpoint.close();
        http.close();
    }

    @Test
    void aPurchaseThroughStripesClientTellsItsWholeStoryByWebhook() throws Exception {
        // Given
        Session session = session(twoLines());

        // When
        HttpResponse<String> page = get(session.getUrl());
        HttpResponse<String> paid = post(session.getUrl(), "action=pay&email=ada%40example.com&name=Ada");

        // Then
        assertThat(page.body()).contains("Voucher for one month").contains("31.50 EUR");
        assertThat(paid.statusCode()).isEqualTo(303);
        assertThat(paid.headers().firstValue("Location")).hasValue("http://127.0.0.1/ok?s=" + session.getId());
        Session completed = stripe.v1().checkout().sessions().retrieve(session.getId());
        assertThat(completed.getPaymentStatus()).isEqualTo("paid");
        assertThat(completed.getCustomer()).startsWith("cus_");
        await().untilAsserted(() -> assertThat(acceptedTypes())
                .contains(
                        "product.created",
                        "price.created",
                        "customer.created",
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "checkout.session.completed",
                        "charge.updated"));
        Charge charge = stripe.v1()
                .charges()
                .retrieve(stripe.v1()
                        .paymentIntents()
                        .retrieve(completed.getPaymentIntent())
                        .getLatestCharge());
        BalanceTransaction transaction = stripe.v1().balanceTransactions().retrieve(charge.getBalanceTransaction());
        assertThat(transaction.getAmount()).isEqualTo(3150);
        assertThat(transaction.getFee()).isEqualTo(72);
        assertThat(transaction.getNet()).isEqualTo(3078);
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
        await().untilAsserted(() -> assertThat(endpoint.received()).hasSize(3));
        for (Endpoint.Received received : endpoint.received()) {
            Event event = Webhook.constructEvent(received.body(), received.signature(), SECRET);
            assertThat(event.getApiVersion()).isEqualTo("2026-07-29.dahlia");
        }
        assertThat(endpoint.received().stream().map(Endpoint.Received::body).distinct())
                .hasSize(1);
        await().untilAsserted(() ->
                assertThat(stripe.v1().events().list(undelivered()).getData()).isEmpty());
        assertThat(endpoint.received()).hasSize(3);
    }

    @Test
    void lineItemsComeInPagesWithTheirProductsExpanded() throws Exception {
        // Given
        Session session = session(twoLines());
        SessionLineItemListParams page = SessionLineItemListParams.builder()
                .setLimit(1L)
                .addExpand("data.price.product")
                .build();

        // When
        StripeCollection<LineItem> first =
                stripe.v1().checkout().sessions().lineItems().list(session.getId(), page);

        // Then
        assertThat(first.getHasMore()).isTrue();
        assertThat(first.getData().getFirst().getPrice().getProductObject().getMetadata())
                .containsEntry("voucher_months", "1");
        assertThat(first.autoPagingIterable()).hasSize(2);
    }

    @Test
    void aSessionIsFoundByItsPaymentIntent() throws Exception {
        // Given
        Session session = session(twoLines());
        post(session.getUrl(), "action=pay&email=ada%40example.com");
        String intent =
                stripe.v1().checkout().sessions().retrieve(session.getId()).getPaymentIntent();

        // When
        StripeCollection<Session> found = stripe.v1()
                .checkout()
                .sessions()
                .list(SessionListParams.builder().setPaymentIntent(intent).build());

        // Then
        assertThat(found.getData()).extracting(Session::getId).containsExactly(session.getId());
    }

    @Test
    void anIdempotencyKeyMakesOneObjectAndRefusesAnotherRequest() throws Exception {
        // Given
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("once").build();
        CustomerCreateParams ada =
                CustomerCreateParams.builder().setEmail("ada@example.com").build();
        CustomerCreateParams bob =
                CustomerCreateParams.builder().setEmail("bob@example.com").build();

        // When
        String first = stripe.v1().customers().create(ada, key).getId();
        String second = stripe.v1().customers().create(ada, key).getId();

        // Then
        assertThat(second).isEqualTo(first);
        assertThatThrownBy(() -> stripe.v1().customers().create(bob, key)).isInstanceOf(IdempotencyException.class);
    }

    @Test
    void refusalsHaveStripesShape() {
        assertThatThrownBy(() -> client("sk_test_other").v1().customers().retrieve("cus_1"))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> stripe.v1().customers().retrieve("cus_unknown"))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(404);
                    assertThat(refused.getCode()).isEqualTo("resource_missing");
                });
        assertThatThrownBy(() -> stripe.v1()
                        .prices()
                        .create(PriceCreateParams.builder()
                                .setCurrency("eur")
                                .setUnitAmount(1L)
                                .build()))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo("parameter_missing");
                    assertThat(refused.getParam()).isEqualTo("product");
                });
    }

    @Test
    void faultsDuplicateAndLoseDeliveries() throws Exception {
        // Given
        control("/_sim/faults", "{\"duplicate_percent\":100}");
        stripe.v1().customers().create(CustomerCreateParams.builder().build());
        await().untilAsserted(() -> assertThat(endpoint.received()).hasSize(4));
        control("/_sim/faults", "{\"duplicate_percent\":0,\"lose_percent\":100}");

        // When
        stripe.v1().customers().create(CustomerCreateParams.builder().build());

        // Then
        Event lost = stripe.v1().events().list(undelivered()).getData().getFirst();
        assertThat(lost.getPendingWebhooks()).isEqualTo(1);
        control("/_sim/events/" + lost.getId() + "/resend", "");
        await().untilAsserted(() ->
                assertThat(stripe.v1().events().list(undelivered()).getData()).isEmpty());
    }

    @Test
    void anExpiredSessionCannotBePaid() throws Exception {
        // Given
        Session session = session(twoLines());
        String url = session.getUrl();

        // When
        Session expired = stripe.v1().checkout().sessions().expire(session.getId());

        // Then
        assertThat(expired.getStatus()).isEqualTo("expired");
        assertThat(post(url, "action=pay&email=ada%40example.com").statusCode()).isEqualTo(400);
    }

    private static SessionCreateParams.Builder twoLines() {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setCustomerCreation(SessionCreateParams.CustomerCreation.ALWAYS)
                .setSuccessUrl("http://127.0.0.1/ok?s={CHECKOUT_SESSION_ID}")
                .putMetadata("points", "500");
    }

    private Session session(SessionCreateParams.Builder params) throws StripeException {
        Price price = stripe.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("eur")
                        .setUnitAmount(1050L)
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Voucher for one month")
                                .putMetadata("voucher_months", "1")
                                .build())
                        .build());
        for (long quantity = 1; quantity <= 2; quantity++) {
            params.addLineItem(SessionCreateParams.LineItem.builder()
                    .setPrice(price.getId())
                    .setQuantity(quantity)
                    .build());
        }
        return stripe.v1().checkout().sessions().create(params.build());
    }

    private StripeClient client(String key) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(simulator.baseUrl())
                .build();
    }

    private Set<String> acceptedTypes() {
        return endpoint.received().stream()
                .filter(received ->
                        Objects.requireNonNull(attempts.get(received.id())).get() >= 3)
                .map(Endpoint.Received::type)
                .collect(java.util.stream.Collectors.toSet());
    }

    private static EventListParams undelivered() {
        return EventListParams.builder().setDeliverySuccess(false).build();
    }

    private void control(String path, String json) throws Exception {
        assertThat(post(simulator.baseUrl() + path, json).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

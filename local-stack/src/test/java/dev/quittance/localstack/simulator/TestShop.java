package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.Price;
import com.stripe.model.checkout.Session;
import com.stripe.param.EventListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.webhook.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A merchant on a simulator of its own: Stripe's client, and a webhook endpoint that refuses each event some times first. */
final class TestShop implements AutoCloseable {
    private static final String KEY = "sk_test_simulator";
    static final String SECRET = "whsec_simulator_0123456789";
    private static final RetryPolicy FAST =
            new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMinutes(5));

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Endpoint endpoint;
    private final StripeSimulator simulator;

    TestShop(int refusals) throws IOException {
        this(refusals, 42, InstantSource.system());
    }

    TestShop(int refusals, long seed, InstantSource clock) throws IOException {
        endpoint = new Endpoint(received -> answer(received, refusals));
        simulator = new StripeSimulator(StripeSimulator.Options.of(0, KEY, endpoint.url(), SECRET)
                        .withSeed(seed)
                        .withClock(clock)
                        .withRetries(FAST))
                .start();
    }

    private int answer(Endpoint.Received received, int refusals) {
        int attempt = attempts.computeIfAbsent(received.id(), _ -> new AtomicInteger())
                .incrementAndGet();
        if (attempt <= refusals) {
            return 503;
        }
        taken.add(received.type());
        return 200;
    }

    StripeClient stripe() {
        return client(KEY);
    }

    /** The types of the events that the endpoint took. */
    Set<String> taken() {
        return taken;
    }

    List<Endpoint.Received> received() {
        return endpoint.received();
    }

    Session session() throws StripeException {
        return session(twoLines());
    }

    StripeClient client(String key) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(simulator.baseUrl())
                .build();
    }

    private Session session(SessionCreateParams.Builder params) throws StripeException {
        Price price = stripe().v1()
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
        return stripe().v1().checkout().sessions().create(params.build());
    }

    private static SessionCreateParams.Builder twoLines() {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setCustomerCreation(SessionCreateParams.CustomerCreation.ALWAYS)
                .setSuccessUrl("http://127.0.0.1/ok?s={CHECKOUT_SESSION_ID}")
                .putMetadata("points", "500");
    }

    /** A paid checkout of 31.50 EUR; its charge. */
    Charge buy() throws Exception {
        Session session = session();
        post(session.getUrl(), "action=pay&email=ada%40example.com&name=Ada");
        String intent =
                stripe().v1().checkout().sessions().retrieve(session.getId()).getPaymentIntent();
        return stripe().v1()
                .charges()
                .retrieve(stripe().v1().paymentIntents().retrieve(intent).getLatestCharge());
    }

    /** Pulls a lever; the answer. */
    ObjectNode control(String path, String json) throws Exception {
        HttpResponse<String> answer = post(simulator.baseUrl() + path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Shapes.read(answer.body());
    }

    /** The status that a lever which cannot be pulled is answered with. */
    int refusal(String path, String json) throws Exception {
        return post(simulator.baseUrl() + path, json).statusCode();
    }

    /**
     * The types of what happened since this event, oldest first, whether delivered or not; without the merchant's own balance, which any
     * move of the clock makes available.
     */
    List<String> happenedSince(@Nullable String event) throws StripeException {
        List<String> types = new ArrayList<>();
        for (Event one : stripe().v1()
                .events()
                .list(EventListParams.builder()
                        .setLimit(100L)
                        .setEndingBefore(event)
                        .build())
                .getData()) {
            if (!one.getType().equals("balance.available")) {
                types.addFirst(one.getType());
            }
        }
        return types;
    }

    String lastEvent() throws StripeException {
        return stripe().v1()
                .events()
                .list(EventListParams.builder().setLimit(1L).build())
                .getData()
                .getFirst()
                .getId();
    }

    String url(String path) {
        return simulator.baseUrl() + path;
    }

    /** The API without Stripe's client, which always names its own version. */
    String api(String path, @Nullable String version) {
        return send(path, version).body();
    }

    int apiStatus(String path, @Nullable String version) {
        return send(path, version).statusCode();
    }

    private HttpResponse<String> send(String path, @Nullable String version) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path)).header("Authorization", "Bearer " + KEY);
        if (version != null) {
            request.header("Stripe-Version", version);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        simulator.close();
        endpoint.close();
        http.close();
    }
}

package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.purchase.Purchase;
import dev.quittance.localstack.simulator.webhook.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Stripe, telling of purchases as fast as the door takes them: a few kept connections, one signed event after the other on each. */
final class Buyers {
    private static final int CONNECTIONS = 8;
    private static final int SUCCESS_STATUS = 200;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final URI door;
    private final URI objects;
    private final String secret;
    private final String key;
    private final AtomicInteger number = new AtomicInteger();

    /** @param stack what a running stack tells of itself */
    Buyers(Map<String, String> stack) {
        this.door = URI.create(stack.get("INGEST_URL") + "/api/webhooks/stripe");
        this.objects = URI.create(stack.get("STRIPE_API_BASE") + "/_sim/objects");
        this.secret = stack.getOrDefault("STRIPE_WEBHOOK_SECRET", "");
        this.key = stack.getOrDefault("STRIPE_API_KEY", "");
    }

    /** All of them must be taken. */
    void buy(int purchases) {
        AtomicInteger left = new AtomicInteger(purchases);
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(threads.submit(() -> {
                    try (HttpClient http = HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .build()) {
                        while (left.getAndDecrement() > 0) {
                            buy(http, new Purchase("bench" + number.incrementAndGet()));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new BenchFailure("an event was not taken: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
    }

    private void buy(HttpClient http, Purchase purchase) throws IOException, InterruptedException {
        // What Stripe says of the fee when it is asked, which billing does.
        send(http, request(objects, purchase.balanceTransaction()).header("Authorization", "Bearer " + key));
        for (String event : purchase.events()) {
            byte[] body = event.getBytes(StandardCharsets.UTF_8);
            send(
                    http,
                    request(door, event)
                            .header("Stripe-Signature", WebhookSignature.header(Instant.now(), secret, body)));
        }
    }

    private static HttpRequest.Builder request(URI url, String body) {
        return HttpRequest.newBuilder(url)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static void send(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != SUCCESS_STATUS) {
            throw new IOException("answered " + status);
        }
    }
}

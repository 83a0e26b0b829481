package dev.quittance.ingest.scene;

import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.simulator.StripeSimulator;
import dev.quittance.localstack.simulator.webhook.WebhookEndpoint;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Stripe on this machine, which knows the application under test as its endpoint. */
public final class SimulatedStripe implements QuarkusTestResourceLifecycleManager {
    private static final String API_KEY = "sk_test_ingest";
    private static final long SEED = 20_261_121;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private @Nullable StripeSimulator simulator;

    @Override
    public Map<String, String> start() {
        int port = Ports.free();
        URI webhook = URI.create("http://" + Ports.LOOPBACK + ":" + port + "/api/webhooks/stripe");
        StripeSimulator.Options some = StripeSimulator.Options.of(0, API_KEY, webhook, Deliveries.SECRET);
        simulator = new StripeSimulator(new StripeSimulator.Options(
                        0,
                        API_KEY,
                        List.of(new WebhookEndpoint(webhook, Deliveries.SECRET)),
                        SEED,
                        some.clock(),
                        some.retries()))
                .start();
        return Map.of(
                "quarkus.http.test-port",
                Integer.toString(port),
                // Servers' meters tell their ports when they are fixed, and all of them must then.
                "quarkus.management.test-port",
                Integer.toString(Ports.free()),
                "quittance.stripe.api-base",
                simulator.baseUrl(),
                "quittance.stripe.api-key",
                API_KEY);
    }

    @Override
    public void stop() {
        Objects.requireNonNull(simulator).close();
    }

    /** A lever of the simulator. */
    public static String pull(String lever, String form) {
        return send(request("/_sim/" + lever).POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Makes something at Stripe. */
    public static String make(String path, String form) {
        return send(request("/v1/" + path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    public static byte[] get(String path) {
        return send(request("/v1/" + path).GET()).getBytes(StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder request(String path) {
        String base = ConfigProvider.getConfig().getValue("quittance.stripe.api-base", String.class);
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + API_KEY);
    }

    private static String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("Stripe answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

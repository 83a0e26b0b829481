package dev.quittance.endtoend.story;

import static org.awaitility.Awaitility.await;

import dev.quittance.localstack.simulator.webhook.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Posts events to the gateway as Stripe does: signed, one body for every attempt, again until the answer is 2xx. */
final class Webhook {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();
    private final URI url;
    private final String secret;

    Webhook(URI url, String secret) {
        this.url = url;
        this.secret = secret;
    }

    HttpResponse<String> post(byte[] event, Map<String, String> headers) {
        try {
            return http.send(request(event, headers), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("the gateway does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    CompletableFuture<Integer> postAsync(String event) {
        return http.sendAsync(
                        request(event.getBytes(StandardCharsets.UTF_8), Map.of()),
                        HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    void postUntilTaken(String event) {
        postUntilTaken(event, Map.of());
    }

    void postUntilTaken(String event, Map<String, String> headers) {
        byte[] body = event.getBytes(StandardCharsets.UTF_8);
        int status = post(body, headers).statusCode();
        if (status / 100 != 2) {
            await("a 2xx for an event that was answered " + status)
                    .atMost(StoryStack.PATIENCE)
                    .pollInterval(RETRY_AFTER)
                    .until(() -> post(body, headers).statusCode() / 100 == 2);
        }
    }

    private HttpRequest request(byte[] event, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Stripe-Signature", WebhookSignature.header(Instant.now(), secret, event));
        headers.forEach(request::header);
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(event)).build();
    }
}

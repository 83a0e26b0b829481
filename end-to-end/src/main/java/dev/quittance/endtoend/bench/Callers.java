package dev.quittance.endtoend.bench;

import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.simulator.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Stripe at a steady pace: a few connections that are kept, one signed event after the other on each. */
final class Callers {
    private static final int CONNECTIONS = 4;
    private static final Duration PACE = Duration.ofMillis(8);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final URI url;
    private final String secret;
    private final AtomicInteger number = new AtomicInteger();

    Callers(InetSocketAddress address, String secret) {
        this.url = URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/api/webhooks/stripe");
        this.secret = secret;
    }

    /** How long each of so many took, in nanoseconds, the quickest first. All must be taken. */
    long[] call(int requests) {
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<long[]>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(threads.submit(() -> one(requests / CONNECTIONS)));
            }
            long[] took = {};
            for (Future<long[]> each : all) {
                long[] more = each.get();
                int length = took.length;
                took = Arrays.copyOf(took, length + more.length);
                System.arraycopy(more, 0, took, length, more.length);
            }
            Arrays.sort(took);
            return took;
        } catch (ExecutionException e) {
            throw new BenchFailure("an event was not taken: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
    }

    static long percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private long[] one(int requests) throws IOException, InterruptedException {
        long[] took = new long[requests];
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int i = 0; i < requests; i++) {
                HttpRequest request = request();
                long start = System.nanoTime();
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                took[i] = System.nanoTime() - start;
                if (status != 200) {
                    throw new IOException("answered " + status);
                }
                Await.pause(PACE);
            }
        }
        return took;
    }

    private HttpRequest request() {
        int id = number.incrementAndGet();
        byte[] body = ("{\"id\":\"evt_edge" + id
                        + "\",\"object\":\"event\",\"type\":\"charge.succeeded\",\"created\":1763633730,"
                        + "\"livemode\":false,\"data\":{\"object\":{\"id\":\"ch_" + id + "\",\"customer\":\"cus_"
                        + id % 1_000
                        + "\",\"amount\":500,\"currency\":\"eur\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(url)
                .timeout(ANSWER_MAX)
                .header("Stripe-Signature", WebhookSignature.header(Instant.now(), secret, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }
}

package dev.quittance.ingest.scene;

import com.stripe.net.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Posts as Stripe does, to the application under test. */
public final class Deliveries {
    public static final String SECRET = "whsec_q7Jx2LmV9sTb4WnKe8RpYd3G";
    public static final String NEXT_SECRET = "whsec_5f0c9a1be7d248369c2fd0a4b8e37165";

    public static final String THIN = "/api/webhooks/stripe/thin";

    private static final String PATH = "/api/webhooks/stripe";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Deliveries() {}

    public static HttpResponse<String> post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8), signature(body, SECRET));
    }

    public static HttpResponse<String> post(byte[] body, @Nullable String signature, String... headers) {
        return post(PATH, body, signature, headers);
    }

    public static HttpResponse<String> post(String path, byte[] body, @Nullable String signature, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url("http.test-port", path))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (signature != null) {
            request.header("Stripe-Signature", signature);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** On threads of its own, which see the application's configuration as the test's own thread does. */
    public static List<HttpResponse<String>> atOnce(int senders, Callable<HttpResponse<String>> delivery) {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            List<Future<HttpResponse<String>>> answers = threads.invokeAll(Collections.nCopies(senders, delivery));
            List<HttpResponse<String>> received = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : answers) {
                received.add(answer.get());
            }
            return received;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    public static HttpResponse<String> request(String method) {
        return send(HttpRequest.newBuilder(url("http.test-port", PATH))
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    public static HttpResponse<String> management(String path) {
        return send(HttpRequest.newBuilder(url("management.test-port", path)).GET());
    }

    public static String signature(String body, String secret) {
        return signature(body, secret, Instant.now());
    }

    public static String signature(String body, String secret, Instant at) {
        try {
            return Webhook.Signature.generateSignatureHeader(body, secret, at.getEpochSecond());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static URI url(String port, String path) {
        int number = ConfigProvider.getConfig().getValue("quarkus." + port, Integer.class);
        return URI.create("http://localhost:" + number + path);
    }
}

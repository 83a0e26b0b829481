package dev.quittance.voucher.scene;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Requests that all set out in the same moment. */
public final class Parallel {
    private Parallel() {}

    /** One of them. */
    public record Call(String token, String body, @Nullable String idempotencyKey) {}

    public static List<HttpResponse<String>> post(URI uri, List<Call> calls) {
        return post(HttpClient.Version.HTTP_1_1, uri, calls);
    }

    public static List<HttpResponse<String>> post(HttpClient.Version version, URI uri, List<Call> calls) {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try (HttpClient client = HttpClient.newBuilder().version(version).build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<String>>> tasks = calls.stream()
                    .<Callable<HttpResponse<String>>>map(call -> () -> {
                        HttpRequest request = request(uri, call);
                        start.await();
                        return client.send(request, HttpResponse.BodyHandlers.ofString());
                    })
                    .toList();
            return threads.invokeAll(tasks).stream().map(Parallel::answer).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(URI uri, Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + call.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(call.body()));
        if (call.idempotencyKey() != null) {
            request.header("Idempotency-Key", call.idempotencyKey());
        }
        return request.build();
    }

    private static HttpResponse<String> answer(Future<HttpResponse<String>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}

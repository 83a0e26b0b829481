package dev.quittance.telemetry.trace;

import dev.quittance.telemetry.trace.Span.Finished;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans to the collector, from a thread of its own. Work never waits for it: what does not fit or cannot be sent is lost and
 * counted, since a trace is worth less than any event.
 */
@Singleton
final class SpanExporter {
    private static final Logger LOG = Logger.getLogger(SpanExporter.class);
    static final int QUEUE_MAX = 8_192;
    private static final int BATCH_MAX = 512;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MS = 500;
    private static final long END_MAX_MS = 2_000;

    private final String service;
    private final @Nullable URI traces;
    private final BlockingQueue<Finished> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Counter sent;
    private final Counter lost;
    private final @Nullable Thread thread;
    private volatile boolean isRunning = true;
    private boolean isFailing;

    SpanExporter(
            TracingConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service,
            MeterRegistry metrics) {
        this.service = service;
        this.traces = config.endpoint().map(SpanExporter::traces).orElse(null);
        this.sent = metrics.counter("trace.spans", "outcome", "sent");
        this.lost = metrics.counter("trace.spans", "outcome", "lost");
        this.thread = Optional.ofNullable(traces)
                .map(address ->
                        Thread.ofPlatform().daemon().name("trace-exporter").start(() -> run(address)))
                .orElse(null);
    }

    private static URI traces(URI endpoint) {
        return URI.create(endpoint.toString().replaceFirst("/+$", "") + "/v1/traces");
    }

    boolean isOn() {
        return traces != null;
    }

    void offer(Finished span) {
        if (!queue.offer(span)) {
            lost.increment();
        }
    }

    /** The last spans are those of what ended the service. */
    void stop(@Observes ShutdownEvent event) {
        isRunning = false;
        if (thread != null) {
            try {
                thread.join(END_MAX_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(URI address) {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ANSWER_MAX)
                .build()) {
            while (isRunning || !queue.isEmpty()) {
                @Nullable Finished first = queue.poll(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Finished> batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, BATCH_MAX - 1);
                    send(http, address, batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpClient http, URI address, List<Finished> batch) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(OtlpJson.write(service, batch)))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            told(batch, status / 100 == 2, "HTTP_" + status);
        } catch (IOException e) {
            told(batch, false, e.getClass().getSimpleName());
        }
    }

    /** Said once, not for each batch: a collector that is away is nobody's emergency. */
    private void told(List<Finished> batch, boolean isSent, String code) {
        (isSent ? sent : lost).increment(batch.size());
        if (!isSent && !isFailing) {
            LOG.warnf("outcome=traces-lost errorCode=%s", code);
        }
        isFailing = !isSent;
    }
}

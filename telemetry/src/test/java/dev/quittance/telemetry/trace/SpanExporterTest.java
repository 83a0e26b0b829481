package dev.quittance.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.quittance.telemetry.trace.Span.Finished;
import dev.quittance.telemetry.trace.Span.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Spans arrive as OTLP, and a collector that is away harms nobody. */
class SpanExporterTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Random random = new Random(1);

    @Test
    void aSpanArrivesAsOtlp() throws IOException {
        // Given
        Queue<JsonNode> received = new ConcurrentLinkedQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        SpanExporter exporter =
                exporter("http://127.0.0.1:" + collector.getAddress().getPort() + "/");
        Finished span = span();

        // When
        exporter.offer(span);
        await().atMost(LONG).until(() -> outcome("sent") == 1);
        exporter.stop(new ShutdownEvent());
        collector.stop(0);

        // Then
        assertThat(received).singleElement().satisfies(message -> {
            JsonNode resource = message.path("resourceSpans").path(0);
            assertThat(resource.path("resource")
                            .path("attributes")
                            .path(0)
                            .path("value")
                            .path("stringValue")
                            .asText())
                    .isEqualTo("a-service");
            JsonNode sent = resource.path("scopeSpans").path(0).path("spans").path(0);
            assertThat(sent.path("traceId").asText()).isEqualTo(span.context().traceId());
            assertThat(sent.path("spanId").asText()).isEqualTo(span.context().spanId());
            assertThat(sent.path("parentSpanId").asText()).isEqualTo("b7ad6b7169203331");
            assertThat(sent.path("kind").asInt()).isEqualTo(5);
            assertThat(sent.path("startTimeUnixNano").asText()).isEqualTo("1000000001");
            assertThat(sent.path("endTimeUnixNano").asText()).isEqualTo("1000000009");
            assertThat(sent.path("attributes").path(0).path("key").asText()).isEqualTo("quittance.event.id");
            assertThat(sent.path("status").path("code").asInt()).isEqualTo(2);
            assertThat(sent.path("status").path("message").asText()).isEqualTo("WHY");
        });
    }

    @Test
    void aCollectorThatIsAwayCostsSpansAndNothingElse() {
        // Given
        SpanExporter exporter = exporter("http://127.0.0.1:1");
        int offered = 4 * SpanExporter.QUEUE_MAX;

        // When
        Finished span = span();
        for (int i = 0; i < offered; i++) {
            exporter.offer(span);
        }

        // Then
        await().atMost(LONG).until(() -> outcome("lost") == offered);
        exporter.stop(new ShutdownEvent());
    }

    @Test
    void withoutACollectorThereIsNoThread() {
        // Given
        SpanExporter exporter = new SpanExporter(new Where(Optional.empty()), "a-service", metrics);

        // Then
        assertThat(exporter.isOn()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.isAlive() && thread.getName().equals("trace-exporter")))
                .isEmpty();
    }

    private SpanExporter exporter(String endpoint) {
        return new SpanExporter(new Where(Optional.of(URI.create(endpoint))), "a-service", metrics);
    }

    private double outcome(String outcome) {
        return metrics.counter("trace.spans", "outcome", outcome).count();
    }

    private Finished span() {
        return new Finished(
                TraceParent.fresh(random, true),
                "b7ad6b7169203331",
                Kind.CONSUMER,
                "process",
                Map.of("quittance.event.id", "evt_1"),
                1_000_000_001,
                1_000_000_009,
                "WHY");
    }

    private record Where(Optional<URI> endpoint) implements TracingConfig {
        @Override
        public double ratio() {
            return 1;
        }
    }
}

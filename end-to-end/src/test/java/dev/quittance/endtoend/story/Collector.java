package dev.quittance.endtoend.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a collector of traces receives, over OTLP. */
final class Collector implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Queue<Seen> spans = new ConcurrentLinkedQueue<>();

    private Collector(HttpServer server) {
        this.server = server;
    }

    /**
     * A span as it came.
     *
     * @param whole its JSON
     */
    record Seen(String service, String traceId, String spanId, String parentSpanId, String name, String whole) {
        String what() {
            return service + ": " + name;
        }
    }

    static Collector start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Collector collector = new Collector(server);
            server.createContext("/v1/traces", collector::receive);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Seen> trace(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** The way back from a span to what began it, the span first. */
    static List<Seen> wayBack(List<Seen> trace, Seen last) {
        List<Seen> way = new ArrayList<>();
        Optional<Seen> span = Optional.of(last);
        while (span.isPresent()) {
            Seen here = span.get();
            way.add(here);
            span = trace.stream()
                    .filter(other -> other.spanId().equals(here.parentSpanId()))
                    .findFirst();
        }
        return way;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            for (JsonNode resource : JSON.readTree(exchange.getRequestBody()).path("resourceSpans")) {
                String service = resource.path("resource")
                        .path("attributes")
                        .path(0)
                        .path("value")
                        .path("stringValue")
                        .asText();
                for (JsonNode span : resource.path("scopeSpans").path(0).path("spans")) {
                    spans.add(new Seen(
                            service,
                            span.path("traceId").asText(),
                            span.path("spanId").asText(),
                            span.path("parentSpanId").asText(),
                            span.path("name").asText(),
                            span.toString()));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

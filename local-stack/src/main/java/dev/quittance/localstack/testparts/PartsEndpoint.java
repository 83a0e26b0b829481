package dev.quittance.localstack.testparts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.process.Ports;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The loopback door of the background JVM. */
final class PartsEndpoint {
    private final RunningParts parts;
    private final Set<Long> owners;

    PartsEndpoint(RunningParts parts, Set<Long> owners) {
        this.parts = parts;
        this.owners = owners;
    }

    /** Returns the port. */
    int start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        on(server, "/parts", query -> parts.addresses());
        on(server, "/attach", this::attach);
        on(server, "/database", query -> parts.createDatabase(slices(query)).toProperties());
        on(server, "/topics", this::createTopics);
        server.start();
        return server.getAddress().getPort();
    }

    private Properties attach(Map<String, String> query) {
        owners.add(Long.valueOf(query.getOrDefault("owner", "")));
        return new Properties();
    }

    private Properties createTopics(Map<String, String> query) {
        parts.createTopics(query.getOrDefault("prefix", ""));
        return new Properties();
    }

    private static List<Slice> slices(Map<String, String> query) {
        String names = query.getOrDefault("slices", "");
        return names.isEmpty()
                ? List.of()
                : Arrays.stream(names.split(",", -1)).map(Slice::valueOf).toList();
    }

    private static void on(HttpServer server, String path, Function<Map<String, String>, Properties> answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                respond(exchange, answer);
            }
        });
    }

    private static void respond(HttpExchange exchange, Function<Map<String, String>, Properties> answer)
            throws IOException {
        try {
            StringWriter text = new StringWriter();
            answer.apply(query(exchange)).store(text, null);
            send(exchange, 200, text.toString());
        } catch (RuntimeException e) {
            send(exchange, 500, String.valueOf(e.getMessage()));
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw == null) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}

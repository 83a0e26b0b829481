package dev.quittance.provisioning.supabase;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Supabase's Auth admin API as far as we call it: it keeps users, refuses an e-mail twice, and fails when told to. */
public final class AuthDouble implements AutoCloseable {
    static final String SERVICE_KEY = "service-key-of-the-double";

    private final HttpServer server;
    private final Map<String, UUID> users = new LinkedHashMap<>();
    private final AtomicInteger failuresBefore = new AtomicInteger();
    private final AtomicInteger failuresAfter = new AtomicInteger();

    public AuthDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/auth/v1/admin/users", this::answer);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/auth/v1";
    }

    /** The next calls get no answer that helps: these have no effect, and those had theirs. */
    void fail(int before, int after) {
        failuresBefore.set(before);
        failuresAfter.set(after);
    }

    synchronized UUID put(String email) {
        return users.computeIfAbsent(email.toLowerCase(Locale.ROOT), _ -> UUID.randomUUID());
    }

    synchronized Map<String, UUID> users() {
        return Map.copyOf(users);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Bearer " + SERVICE_KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    || !SERVICE_KEY.equals(exchange.getRequestHeaders().getFirst("apikey"))) {
                write(exchange, 401, new JsonObject().put("msg", "Invalid token"));
            } else if (failuresBefore.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
                write(exchange, 503, new JsonObject());
            } else if (exchange.getRequestMethod().equals("POST")) {
                create(exchange);
            } else {
                list(exchange);
            }
        }
    }

    private void create(HttpExchange exchange) throws IOException {
        JsonObject body = new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String email = body.getString("email").toLowerCase(Locale.ROOT);
        boolean isTaken = users().containsKey(email);
        UUID id = put(email);
        if (failuresAfter.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
            write(exchange, 500, new JsonObject());
        } else if (isTaken) {
            write(exchange, 422, new JsonObject().put("error_code", "email_exists"));
        } else {
            write(exchange, 200, new JsonObject().put("id", id.toString()).put("email", email));
        }
    }

    /** A page of everybody: like servers that know no filter. */
    private void list(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int page = Integer.parseInt(query.replaceAll(".*\\bpage=(\\d+).*", "$1"));
        int size = Integer.parseInt(query.replaceAll(".*\\bper_page=(\\d+).*", "$1"));
        JsonArray found = new JsonArray();
        users().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .skip((long) (page - 1) * size)
                .limit(size)
                .forEach(user -> found.add(
                        new JsonObject().put("id", user.getValue().toString()).put("email", user.getKey())));
        write(exchange, 200, new JsonObject().put("users", found));
    }

    private static void write(HttpExchange exchange, int status, JsonObject body) throws IOException {
        byte[] bytes = body.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

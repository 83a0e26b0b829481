package dev.quittance.provisioning.inbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stripe as far as it lists an invoice's lines: in small pages, and not at the first time of asking. */
public final class InvoicePages implements QuarkusTestResourceLifecycleManager {
    static final String PREFIX = "in_a1_";
    private static final int PAGE = 7;
    private static final Pattern ASKED =
            Pattern.compile("/v1/invoices/" + PREFIX + "([a-z0-9]+)/lines\\?.*?(?:starting_after=il_([0-9]+)_.*)?");

    private final AtomicInteger asked = new AtomicInteger();
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", this::answer);
            http.start();
            server = http;
            return Map.of(
                    "quittance.stripe.api-base",
                    "http://localhost:" + http.getAddress().getPort(),
                    "quittance.stripe.api-key",
                    "sk_test_lines",
                    "quittance.stripe.push-idle",
                    "100ms",
                    "quittance.stripe.push-lease",
                    "200ms");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher call = ASKED.matcher(exchange.getRequestURI().toString());
            if (!call.matches()) {
                write(
                        exchange,
                        404,
                        new JsonObject().put("error", new JsonObject().put("type", "invalid_request_error")));
            } else if (asked.getAndIncrement() == 0) {
                write(exchange, 400, new JsonObject().put("error", new JsonObject().put("type", "api_error")));
            } else {
                String after = call.group(2);
                write(exchange, 200, page(new Life(call.group(1)), after == null ? 0 : Integer.parseInt(after) + 1));
            }
        }
    }

    private static JsonObject page(Life life, int from) {
        JsonArray lines = lines(life);
        JsonArray page = new JsonArray();
        for (int i = from; i < Math.min(from + PAGE, lines.size()); i++) {
            page.add(lines.getJsonObject(i));
        }
        return new JsonObject()
                .put("object", "list")
                .put("url", "/v1/invoices/" + PREFIX + life.run() + "/lines")
                .put("has_more", from + PAGE < lines.size())
                .put("data", page);
    }

    /** A dozen corrections of what had begun before, and behind them what is paid: two items, of different periods. */
    static JsonArray lines(Life life) {
        JsonArray lines = new JsonArray();
        JsonObject paid =
                life.invoice("a", 1).getJsonObject("lines").getJsonArray("data").getJsonObject(0);
        for (int i = 0; i < 12; i++) {
            JsonObject correction =
                    paid.copy().put("id", "il_" + i + "_" + life.run()).put("amount", 10);
            correction
                    .getJsonObject("parent")
                    .getJsonObject("subscription_item_details")
                    .put("proration", true);
            lines.add(correction);
        }
        lines.add(paid.copy().put("id", "il_12_" + life.run()));
        lines.add(paid.copy()
                .put("id", "il_13_" + life.run())
                .put("period", new JsonObject().put("start", Life.START).put("end", Life.START + 2 * Life.MONTH)));
        return lines;
    }

    private static void write(HttpExchange exchange, int status, JsonObject body) throws IOException {
        byte[] bytes = body.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

package dev.quittance.endtoend.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The merchant at the Stripe simulator, and the buyer on its hosted page. */
final class Shop {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();
    private final String base;
    private final String key;

    Shop(String base, String key) {
        this.base = base;
        this.key = key;
    }

    /** A price of 10.50 EUR whose product gives a voucher for one month; events tell only the price's id. */
    String price() {
        String product = create("/v1/products", Map.of("name", "One month", "metadata[voucher_months]", "1"));
        return create("/v1/prices", Map.of("product", product, "currency", "eur", "unit_amount", "1050"));
    }

    /** Goes through checkout and pays; the session's id. */
    String buy(String price, String email, Map<String, String> metadata) {
        Map<String, String> params = new java.util.HashMap<>(Map.of(
                "mode", "payment",
                "customer_creation", "always",
                "customer_email", email,
                "success_url", "https://shop.example/thanks",
                "line_items[0][price]", price,
                "line_items[0][quantity]", "1"));
        metadata.forEach((name, value) -> params.put("metadata[" + name + "]", value));
        return pay(params, email).path("id").asText();
    }

    private JsonNode pay(Map<String, String> params, String email) {
        JsonNode session = post("/v1/checkout/sessions", form(params), 200);
        send(
                session.path("url").asText(),
                form(Map.of("action", "pay", "email", email, "name", "Ada Story")),
                "application/x-www-form-urlencoded",
                303);
        return session;
    }

    /** A price of 10.50 EUR a month that gives 100 points and a voucher with each. */
    String monthlyPrice() {
        String product = create("/v1/products", Map.of("name", "A month each", "metadata[voucher_months]", "1"));
        return create(
                "/v1/prices",
                Map.of(
                        "product", product,
                        "currency", "eur",
                        "unit_amount", "1050",
                        "recurring[interval]", "month",
                        "metadata[points]", "100"));
    }

    /** Goes through checkout and subscribes; the subscription's id. */
    String subscribe(String price, String email) {
        Map<String, String> params = Map.of(
                "mode", "subscription",
                "customer_email", email,
                "success_url", "https://shop.example/thanks",
                "line_items[0][price]", price,
                "line_items[0][quantity]", "1");
        JsonNode session = pay(params, email);
        return send(
                        request(base + "/v1/checkout/sessions/"
                                        + session.path("id").asText())
                                .GET(),
                        200)
                .path("subscription")
                .asText();
    }

    /** Lets the bank pay the delayed debit of a session. */
    void payDebit(String session) {
        post("/_sim/payments/" + intentOf(session) + "/succeed", "", 200);
    }

    /** Lets the bank refuse the delayed debit of a session. */
    void failDebit(String session) {
        post("/_sim/payments/" + intentOf(session) + "/fail", "", 200);
    }

    private String intentOf(String session) {
        return send(request(base + "/v1/checkout/sessions/" + session).GET(), 200)
                .path("payment_intent")
                .asText();
    }

    /** Lets Stripe know an object that none of its own calls made. */
    void put(String object) {
        send(base + "/_sim/objects", object, "application/json", 200);
    }

    /** Pulls a lever of the simulator; the id of what it moved. */
    String pull(String lever, Map<String, String> params) {
        return post("/_sim/" + lever, form(params), 200).path("id").asText();
    }

    private String create(String path, Map<String, String> params) {
        return post(path, form(params), 200).path("id").asText();
    }

    private JsonNode post(String path, String form, int expected) {
        return send(base + path, form, "application/x-www-form-urlencoded", expected);
    }

    private JsonNode send(String url, String body, String type, int expected) {
        return send(
                request(url).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)), expected);
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER_MAX).header("Authorization", "Bearer " + key);
    }

    private JsonNode send(HttpRequest.Builder request, int expected) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(
                        answer.uri() + " was answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body().startsWith("{") ? JSON.readTree(answer.body()) : MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("the simulator does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String form(Map<String, String> params) {
        return params.entrySet().stream()
                .map(param -> URLEncoder.encode(param.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(param.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}

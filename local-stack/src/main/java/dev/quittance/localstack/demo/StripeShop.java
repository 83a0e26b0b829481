package dev.quittance.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The merchant's and the buyer's side of the purchase, over the REST API and the hosted page, as both would do it. */
final class StripeShop {
    static final int POINTS = 500;
    static final int CREDITS = 20;
    static final long PRICE_MINOR = 1050;
    static final String CURRENCY = "EUR";

    private final HttpCalls http;
    private final String base;
    private final String apiKey;

    record Bought(String session, String customer, String paymentIntent, String charge, String balanceTransaction) {
        List<String> ids() {
            return List.of(session, customer, paymentIntent, charge, balanceTransaction);
        }
    }

    record Told(String type, int pending) {}

    StripeShop(HttpCalls http, String base, String apiKey) {
        this.http = http;
        this.base = base;
        this.apiKey = apiKey;
    }

    String createPrice() {
        String product = create(
                        "/v1/products",
                        Map.of(
                                "name",
                                "One month, as a voucher",
                                "metadata[voucher_months]",
                                "1",
                                "metadata[points]",
                                Integer.toString(POINTS),
                                "metadata[credits]",
                                Integer.toString(CREDITS)))
                .path("id")
                .asText();
        return create(
                        "/v1/prices",
                        Map.of(
                                "product",
                                product,
                                "currency",
                                CURRENCY.toLowerCase(java.util.Locale.ROOT),
                                "unit_amount",
                                Long.toString(PRICE_MINOR)))
                .path("id")
                .asText();
    }

    /** A price that is paid every month. */
    String createMonthlyPrice() {
        String product = create("/v1/products", Map.of("name", "Membership", "metadata[plan]", "member"))
                .path("id")
                .asText();
        return create(
                        "/v1/prices",
                        Map.of(
                                "product",
                                product,
                                "currency",
                                CURRENCY.toLowerCase(java.util.Locale.ROOT),
                                "unit_amount",
                                Long.toString(PRICE_MINOR),
                                "recurring[interval]",
                                "month"))
                .path("id")
                .asText();
    }

    JsonNode createSubscriptionSession(String price, String email, String successUrl) {
        return create(
                "/v1/checkout/sessions",
                Map.of(
                        "mode",
                        "subscription",
                        "customer_email",
                        email,
                        "success_url",
                        successUrl,
                        "line_items[0][price]",
                        price,
                        "line_items[0][quantity]",
                        "1"));
    }

    /** Presses Pay on a subscription's page; the subscription's id. */
    String subscribe(JsonNode session, String email) {
        press(session, email);
        return get("/v1/checkout/sessions/" + session.path("id").asText())
                .path("subscription")
                .asText();
    }

    /** Moves the simulator's clock over the end of the period, and the hour in which the invoice is a draft. */
    void renew(String subscription) {
        create("/_sim/subscriptions/" + subscription + "/renew", Map.of("now", "true"));
    }

    /** From now on the buyer's card is declined. */
    void failRenewals(String subscription) {
        create("/_sim/subscriptions/" + subscription + "/fail_renewals", Map.of("times", "1"));
    }

    void cancel(String subscription) {
        http.required(
                http.delete(base + "/v1/subscriptions/" + subscription, apiKey),
                "DELETE /v1/subscriptions/" + subscription + " at Stripe");
    }

    JsonNode createSession(String price, String email, String successUrl) {
        return create(
                "/v1/checkout/sessions",
                Map.of(
                        "mode",
                        "payment",
                        "customer_creation",
                        "always",
                        "customer_email",
                        email,
                        "success_url",
                        successUrl,
                        "line_items[0][price]",
                        price,
                        "line_items[0][quantity]",
                        "1"));
    }

    /** What the page's Pay button does. */
    Bought pay(JsonNode session, String email) {
        press(session, email);
        String id = session.path("id").asText();
        JsonNode paid = get("/v1/checkout/sessions/" + id + "?expand[]=payment_intent.latest_charge");
        JsonNode charge = paid.at("/payment_intent/latest_charge");
        return new Bought(
                id,
                paid.path("customer").asText(),
                paid.at("/payment_intent/id").asText(),
                charge.path("id").asText(),
                charge.path("balance_transaction").asText());
    }

    private void press(JsonNode session, String email) {
        HttpCalls.Answer page = http.postForm(
                session.path("url").asText(),
                apiKey,
                form(Map.of("action", "pay", "email", email, "name", "Ada Demo")));
        if (page.status() != 303) {
            throw new DemoFailure("The Pay button was answered " + page.status() + ".");
        }
    }

    /** The purchase's events, once each has been answered 2xx. */
    Optional<List<Told>> told(Bought bought) {
        List<Told> told = new ArrayList<>();
        for (JsonNode event : get("/v1/events?limit=100").path("data")) {
            String object = event.path("data").toString();
            if (bought.ids().stream().anyMatch(object::contains)) {
                told.add(new Told(
                        event.path("type").asText(),
                        event.path("pending_webhooks").asInt()));
            }
        }
        boolean isAll = !told.isEmpty() && told.stream().allMatch(one -> one.pending() == 0);
        return isAll ? Optional.of(told.reversed()) : Optional.empty();
    }

    private JsonNode get(String path) {
        return http.required(http.get(base + path, apiKey), "GET " + path + " at Stripe");
    }

    private JsonNode create(String path, Map<String, String> params) {
        return http.required(http.postForm(base + path, apiKey, form(params)), "POST " + path + " at Stripe");
    }

    private static String form(Map<String, String> params) {
        return params.entrySet().stream()
                .map(param -> URLEncoder.encode(param.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(param.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}

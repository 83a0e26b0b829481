package dev.quittance.billing.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quittance.localstack.identity.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is at the other end of billing's own calls: as much of Stripe as it asks, and the keys of the tokens. The first
 * question about each object fails, as Stripe may; an object whose id has {@code gone} in it is not there.
 */
public final class StripeDouble implements QuarkusTestResourceLifecycleManager {
    private static final String ISSUER = "http://issuer.example/auth/v1";

    @SuppressWarnings("NullAway.Init")
    private static volatile TokenIssuer tokens;

    private static final Map<String, String> REFUNDS = new ConcurrentHashMap<>();
    private static final Map<String, String> SESSIONS = new ConcurrentHashMap<>();
    /** How the pages ended that ended. */
    private static final Map<String, String> ENDED = new ConcurrentHashMap<>();

    private static final Pattern CUMULATIVE = Pattern.compile("ch_cumulative[0-9a-zA-Z_]*");
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private @Nullable HttpServer server;

    /** A user's bearer token. */
    public static String userToken(UUID user) {
        return tokens.userToken(user);
    }

    /** A token of somebody who is no user. */
    public static String operatorToken() {
        return tokens.adminToken();
    }

    @Override
    public Map<String, String> start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            tokens = new TokenIssuer(generator.generateKeyPair(), ISSUER, InstantSource.system());
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/jwks", exchange -> answer(exchange, 200, tokens.jwks()));
            started.createContext("/v1/", this::stripe);
            started.start();
            server = started;
            String base = "http://127.0.0.1:" + started.getAddress().getPort();
            Map<String, String> config = new HashMap<>(Map.of(
                    "quittance.receipts.by",
                    "MAIL",
                    "quittance.receipts.every",
                    "1s",
                    "quittance.reconciliation.turn",
                    "1s",
                    "quittance.stripe.api-key",
                    "sk_test_double",
                    "quittance.stripe.api-base",
                    base,
                    "quittance.refunds.every",
                    "1s",
                    "quittance.refunds.lease",
                    "1s",
                    "quittance.stripe.lookup-idle",
                    "100ms",
                    "mp.jwt.verify.publickey.location",
                    base + "/jwks",
                    "mp.jwt.verify.issuer",
                    ISSUER));
            config.put("quittance.expiry.points", "P365D");
            config.put("quittance.expiry.every", "off");
            config.put("quittance.fulfilment.mails", "true");
            config.put("quittance.fulfilment.mail-every", "1s");
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void stripe(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        boolean isPost = exchange.getRequestMethod().equals("POST");
        if (path.equals("/v1/checkout/sessions") && isPost) {
            session(exchange, key);
        } else if (path.startsWith("/v1/checkout/sessions/cs_") && (path.endsWith("/expire") || isEnded(path))) {
            end(exchange, path);
        } else if (path.equals("/v1/refunds") && isPost && !key.startsWith("early_fraud_warning:")) {
            refund(exchange);
        } else if (path.equals("/v1/balance_transactions")) {
            answer(
                    exchange,
                    200,
                    StripeBalance.page(
                            account(exchange), exchange.getRequestURI().getQuery()));
        } else if (path.startsWith("/v1/payouts/")) {
            answer(exchange, 200, "{\"id\":\"po\",\"object\":\"payout\",\"automatic\":true}");
        } else if (asked.add(path)) {
            answer(exchange, 500, "{\"error\":{\"type\":\"api_error\"}}");
        } else if (path.contains("gone")) {
            answer(exchange, 404, "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\"}}");
        } else if (path.startsWith("/v1/balance_transactions/")) {
            String id = path.substring(path.lastIndexOf('/') + 1);
            answer(exchange, 200, """
                    {"id":"%s","object":"balance_transaction","fee":43,"currency":"eur","amount":500,"created":1760000000}""".formatted(id));
        } else if (path.startsWith("/v1/disputes/")) {
            String id = path.substring(path.lastIndexOf('/') + 1);
            answer(exchange, 200, """
                    {"id":"%1$s","object":"dispute","amount":600,"currency":"eur","status":"lost","reason":"fraudulent",
                     "charge":"ch_%2$s","payment_intent":"pi_%2$s","is_charge_refundable":false,"created":1760000020,
                     "balance_transactions":[{"id":"txn_%2$sd","object":"balance_transaction","amount":-600,"fee":1500,
                       "currency":"eur","created":1760000021}]}""".formatted(id, id.substring(3)));
        } else if (path.startsWith("/v1/invoices/") || path.startsWith("/v1/prices/")) {
            answer(
                    exchange,
                    200,
                    StripeInvoices.answer(
                            path, String.valueOf(exchange.getRequestURI().getQuery())));
        } else if (path.startsWith("/v1/charges/")) {
            String id = path.substring(path.lastIndexOf('/') + 1);
            answer(exchange, 200, """
                    {"id":"%s","object":"charge","amount":900,"amount_refunded":0,"disputed":%b,"currency":"eur"}""".formatted(id, !id.contains("small")));
        } else if (path.equals("/v1/refunds") && isPost) {
            answer(exchange, 200, """
                    {"id":"re_%1$s","object":"refund","amount":900,"currency":"eur","status":"succeeded",
                     "charge":"ch_small_%1$s","payment_intent":"pi_small_%1$s","created":1760000030}""".formatted(key.substring(key.lastIndexOf('_') + 1)));
        } else if (path.equals("/v1/invoice_payments")) {
            answer(
                    exchange,
                    200,
                    "{\"object\":\"list\",\"has_more\":false,\"url\":\"/v1/invoice_payments\",\"data\":[]}");
        } else if (path.equals("/v1/checkout/sessions")) {
            answer(
                    exchange,
                    200,
                    sessionsOf(String.valueOf(exchange.getRequestURI().getQuery())));
        } else if (path.equals("/v1/refunds")) {
            answer(
                    exchange,
                    200,
                    refundsOf(String.valueOf(exchange.getRequestURI().getQuery())));
        } else {
            answer(exchange, 200, """
                    {"object":"list","has_more":false,"url":"%s","data":[
                      {"id":"li_1","object":"item","quantity":3,"price":{"id":"price_1","object":"price","metadata":{},
                        "product":{"id":"prod_1","object":"product","metadata":{"points":"100"}}}}]}""".formatted(path));
        }
    }

    /** One refund for each key. Of a charge with {@code lost} in its id the first answer is lost on its way back. */
    private static void refund(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isFirst = REFUNDS.putIfAbsent(key, form) == null;
        if (form.contains("disputed")) {
            answer(exchange, 400, "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"charge_disputed\"}}");
        } else if (form.contains("lost") && isFirst) {
            answer(exchange, 504, "");
        } else {
            answer(exchange, 200, """
                    {"id":"re_%s","object":"refund","status":"pending"}""".formatted(key.substring(key.length() - 8)));
        }
    }

    /**
     * One session for each key. Of an order with something {@code silent} in it nobody ever hears, and one with something
     * {@code forbidden} is refused.
     */
    private static void session(HttpExchange exchange, String key) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String first = SESSIONS.putIfAbsent(key, form);
        if (form.contains("silent")) {
            answer(exchange, 503, "");
        } else if (form.contains("forbidden") || (first != null && !first.equals(form))) {
            answer(exchange, 400, "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"not_today\"}}");
        } else {
            String id = "cs_test_"
                    + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                            .toString()
                            .replace("-", "");
            answer(exchange, 200, """
                    {"id":"%1$s","object":"checkout.session","url":"https://pay.example/%1$s"}""".formatted(id));
        }
    }

    private static boolean isEnded(String path) {
        return ENDED.containsKey(path.substring("/v1/checkout/sessions/".length()));
    }

    /** Closes a page that is open, and says of the others how they ended. Of one that is {@code silent} nobody hears. */
    private static void end(HttpExchange exchange, String path) throws IOException {
        boolean isToClose = path.endsWith("/expire");
        String id = path.replaceAll("/v1/checkout/sessions/|/expire", "");
        String before = isToClose ? ENDED.putIfAbsent(id, "expired") : ENDED.get(id);
        if ("silent".equals(before)) {
            answer(exchange, 503, "");
        } else if (isToClose && before != null) {
            answer(exchange, 400, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"not open\"}}");
        } else {
            answer(exchange, 200, """
                    {"id":"%s","object":"checkout.session","status":"%s"}""".formatted(id, before == null ? "expired" : before));
        }
    }

    /**
     * @param how {@code complete}, or {@code silent} when it shall not be known
     */
    public static void ended(String sessionId, String how) {
        ENDED.put(sessionId, how);
    }

    /** How a page ended; null when it did not. */
    public static @Nullable String end(String sessionId) {
        return ENDED.get(sessionId);
    }

    /** What was asked under the key of an order's session, decoded; empty when nothing was. */
    public static String session(String orderId) {
        return URLDecoder.decode(SESSIONS.getOrDefault("quittance-order-" + orderId, ""), StandardCharsets.UTF_8);
    }

    /** The forms of the refunds that were made, each once for its key. */
    public static List<String> refunds(String charge) {
        return REFUNDS.values().stream().filter(form -> form.contains(charge)).toList();
    }

    /** A charge whose id has {@code cumulative} in it was refunded twice; of others Stripe knows nothing new. */
    private static String refundsOf(String query) {
        Matcher charge = CUMULATIVE.matcher(query);
        return charge.find() ? """
                {"object":"list","has_more":false,"url":"/v1/refunds","data":[
                  {"id":"re_1_%1$s","object":"refund","amount":300,"currency":"eur","status":"succeeded","charge":"%1$s",
                   "payment_intent":null,"created":1760000010},
                  {"id":"re_2_%1$s","object":"refund","amount":450,"currency":"eur","status":"succeeded","charge":"%1$s",
                   "payment_intent":null,"created":1760000020}]}""".formatted(charge.group()) : """
                {"object":"list","has_more":false,"url":"/v1/refunds","data":[]}""";
    }

    private static String account(HttpExchange exchange) {
        String account = exchange.getRequestHeaders().getFirst("Stripe-Account");
        return account == null ? "" : account;
    }

    /** A payment whose id has {@code owned} in it was made by a session. */
    private static String sessionsOf(String query) {
        String session = query.contains("owned") ? "{\"id\":\"cs_1\",\"object\":\"checkout.session\"}" : "";
        return "{\"object\":\"list\",\"has_more\":false,\"url\":\"/v1/checkout/sessions\",\"data\":[" + session + "]}";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}

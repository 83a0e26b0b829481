package dev.quittance.localstack.testparts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that are Stripe's by their envelope and nobody's by what is in them, for the tests of every reader: each type with each odd
 * amount, currency, text, time and shape.
 */
public final class HostileBodies {
    /** Whose all of these are, for tests that look for them where they must not be. */
    public static final String NAME = "Ann Hostile-Personal";

    public static final String PHONE = "+491701234567";

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> NUMBERS = List.of(
            "amount",
            "amount_received",
            "amount_captured",
            "amount_refunded",
            "amount_total",
            "amount_due",
            "amount_paid",
            "unit_amount",
            "total",
            "quantity");
    private static final List<String> TEXTS =
            List.of("email", "name", "description", "customer_email", "receipt_email", "status", "client_reference_id");
    private static final List<String> IDS = List.of(
            "customer", "payment_intent", "charge", "subscription", "invoice", "balance_transaction", "product");

    private HostileBodies() {}

    /** @param name as failures call it: the number in the table of faults, and what is odd */
    @SuppressWarnings("ArrayRecordComponent")
    public record Body(String name, String type, String id, byte[] bytes) {
        @Override
        public String toString() {
            return name + " in " + type;
        }
    }

    /** One thing that is odd: fields, and the JSON that stands in them. */
    private record Oddity(String name, List<String> fields, String json) {}

    /**
     * Every oddity in every one of these types.
     *
     * @param types such as {@code charge.succeeded}; the object's kind is what is before the last point
     */
    public static List<Body> of(List<String> types) {
        List<Body> bodies = new ArrayList<>();
        for (String type : types) {
            for (Oddity oddity : oddities()) {
                String id = "evt_hostile" + bodies.size();
                bodies.add(new Body(oddity.name(), type, id, event(id, type, odd(type, bodies.size(), oddity))));
            }
            for (String whole : List.of("null", "[]", "\"x\"", "5", "{}")) {
                String id = "evt_hostile" + bodies.size();
                bodies.add(new Body("N-13 an object that is " + whole, type, id, event(id, type, whole)));
            }
        }
        return bodies;
    }

    private static List<Oddity> oddities() {
        List<Oddity> oddities = new ArrayList<>();
        for (String number : List.of(
                "-1",
                "0",
                "2147483648",
                "9007199254740993",
                "9223372036854775808",
                "1e2",
                "10.5",
                "\"100\"",
                "null",
                "1e400000",
                "true",
                "{}")) {
            oddities.add(new Oddity("N-11 amounts that are " + number, NUMBERS, number));
        }
        for (String currency :
                List.of("\"jpy\"", "\"kwd\"", "\"zzz\"", "\"EUR\"", "\"eu\"", "\"e\\u0000r\"", "5", "null", "[]")) {
            oddities.add(new Oddity("N-12 a currency that is " + currency, List.of("currency"), currency));
        }
        for (String text : texts()) {
            String shown = text.substring(0, Math.min(text.length(), 40));
            oddities.add(new Oddity("N-14 texts that are " + shown, TEXTS, text));
            oddities.add(new Oddity("N-14 ids that are " + shown, IDS, text));
            oddities.add(new Oddity("N-14 an own id that is " + shown, List.of("id"), text));
            oddities.add(new Oddity(
                    "N-14 metadata of " + shown,
                    List.of("metadata"),
                    "{\"user_id\":" + text + ",\"points\":" + text + ",\"voucher_months\":" + text
                            + ",\"a\\u0000b\":1}"));
        }
        for (String shape : List.of("[]", "\"x\"", "5", "{\"id\":{\"id\":[]}}", "{\"data\":[null,1,\"x\",[],{}]}")) {
            oddities.add(new Oddity(
                    "N-13 parts that are " + shape,
                    List.of(
                            "metadata",
                            "lines",
                            "items",
                            "line_items",
                            "customer",
                            "billing_details",
                            "price",
                            "refunds"),
                    shape));
        }
        for (String time : List.of("-1", "99999999999999", "1e99", "\"soon\"", "null")) {
            oddities.add(new Oddity(
                    "N-11 times that are " + time,
                    List.of(
                            "created",
                            "current_period_end",
                            "current_period_start",
                            "trial_end",
                            "cancel_at",
                            "arrival_date"),
                    time));
        }
        oddities.add(new Oddity("N-09 another livemode than the event's", List.of("livemode"), "true"));
        return oddities;
    }

    private static List<String> texts() {
        return List.of(
                "\"a\\u0000b\"",
                "\"\\ud800\"",
                "\"\\u202e\\u200b\\ufeff\"",
                "\"x\\r\\nSet-Cookie: a=b\"",
                "\"'; drop table users; --\"",
                "\"${jndi:ldap://127.0.0.1/x}\"",
                "\"\ud83d\udc69\u200d\ud83d\udc67\"",
                "\"" + "a".repeat(50_000) + "\"",
                "\"\"",
                "[]",
                "{}",
                "5");
    }

    /** What would pass, with what is odd laid over it. */
    private static String odd(String type, int number, Oddity oddity) {
        String kind = type.substring(0, type.lastIndexOf('.')).replaceFirst("^customer\\.", "");
        ObjectNode object = JSON.createObjectNode();
        object.put("id", prefix(kind) + "_hostile" + number)
                .put("object", kind.equals("charge.dispute") ? "dispute" : kind)
                .put("status", kind.equals("subscription") ? "active" : "succeeded")
                .put("mode", "payment")
                .put("payment_status", "paid")
                .put("amount", 100)
                .put("amount_total", 100)
                .put("currency", "eur")
                .put("paid", true)
                .put("captured", true)
                .put("created", 1_750_000_000)
                .put("type", "card")
                .put("active", true)
                .put("product", "prod_hostile")
                .put("customer", "cus_hostile")
                .put("name", NAME)
                .put("phone", PHONE)
                .put("email", "ann.hostile@example.com")
                .put("receipt_email", "ann.hostile@example.com")
                .put("client_secret", "pi_hostile_secret_4242424242424242")
                .put("payment_intent", "pi_hostile" + number);
        object.putObject("metadata").put("points", "5");
        object.putObject("customer_details")
                .put("email", "ann.hostile@example.com")
                .put("name", NAME);
        object.putObject("billing_details")
                .put("email", "ann.hostile@example.com")
                .put("name", NAME);
        oddity.fields().forEach(field -> object.putRawValue(field, new RawValue(oddity.json())));
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String prefix(String kind) {
        return switch (kind) {
            case "charge" -> "ch";
            case "payment_intent" -> "pi";
            case "checkout.session" -> "cs";
            case "invoice" -> "in";
            case "customer" -> "cus";
            case "subscription" -> "sub";
            case "product" -> "prod";
            default -> kind.replaceAll("[^a-z]", "");
        };
    }

    private static byte[] event(String id, String type, String object) {
        return ("{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"" + type
                        + "\",\"created\":1750000000,\"livemode\":false,\"data\":{\"object\":" + object + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}

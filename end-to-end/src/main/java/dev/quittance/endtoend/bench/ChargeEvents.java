package dev.quittance.endtoend.bench;

import dev.quittance.contracts.stripe.BodyDigest;
import dev.quittance.contracts.topic.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Paid charges in Stripe's newest shape, each with its own ids. The same seed gives the same events, byte for byte. */
final class ChargeEvents {
    private static final String TYPE = "charge.succeeded";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final long FIRST_CREATED = 1_790_000_000L;
    private static final int EVENTS_A_SECOND = 50;
    private static final int CUSTOMERS = 20_000;
    private static final long AMOUNT_MINOR_MIN = 100;
    private static final long AMOUNT_MINOR_MAX = 50_000;
    private static final int LONG = 23;
    private static final int SHORT = 14;

    private final Template template = Template.read();
    private final RandomGenerator random;
    private final List<String> customers;
    private int number;

    ChargeEvents(long seed) {
        RandomGenerator source = new SplittableRandom(seed);
        this.random = source;
        this.customers = java.util.stream.Stream.generate(() -> "cus_" + letters(source, SHORT))
                .limit(CUSTOMERS)
                .toList();
    }

    /** An event as webhook-ingest writes it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Charge(String eventId, String key, long amountMinor, byte[] body, RecordHeaders headers) {}

    Charge next() {
        number++;
        String event = "evt_3" + letters(random, LONG);
        String charge = "ch_3" + letters(random, LONG);
        String customer = customers.get(random.nextInt(CUSTOMERS));
        long amount = random.nextLong(AMOUNT_MINOR_MIN, AMOUNT_MINOR_MAX);
        long created = FIRST_CREATED + number / EVENTS_A_SECOND;
        byte[] body = template.fill(Map.of(
                "event",
                event,
                "charge",
                charge,
                "customer",
                customer,
                "amount",
                Long.toString(amount),
                "created",
                Long.toString(created),
                "number",
                Integer.toString(number),
                "intent",
                "pi_3" + letters(random, LONG),
                "method",
                "pm_1" + letters(random, LONG),
                "request",
                "req_" + letters(random, SHORT),
                "idempotency",
                letters(random, LONG)));
        return new Charge(event, customer, amount, body, headers(event, charge, created, body));
    }

    private RecordHeaders headers(String event, String charge, long created, byte[] body) {
        RecordHeaders headers = new RecordHeaders();
        put(headers, Headers.CE_SPECVERSION, "1.0");
        put(headers, Headers.CE_ID, event);
        put(headers, Headers.CE_TYPE, TYPE);
        put(headers, Headers.CE_SOURCE, "/stripe");
        put(headers, Headers.CE_TIME, Instant.ofEpochSecond(created).toString());
        put(headers, Headers.CE_SUBJECT, charge);
        put(headers, Headers.CONTENT_TYPE, "application/json");
        put(headers, Headers.TRACEPARENT, "00-%016x%016x-%016x-01".formatted(number, created, number));
        put(headers, Headers.STRIPE_ACCOUNT, "");
        put(headers, Headers.STRIPE_API_VERSION, "2026-07-29.dahlia");
        put(headers, Headers.STRIPE_LIVEMODE, "false");
        put(headers, Headers.BODY_SHA256, BodyDigest.of(body).hex());
        return headers;
    }

    private static void put(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** The event's text with holes for what differs. */
    private record Template(String text) {
        private static final String NAME = TYPE + ".json";
        private static final Pattern HOLE = Pattern.compile("\\$\\{(\\w+)}");

        static Template read() {
            try (InputStream in = ChargeEvents.class.getResourceAsStream(NAME)) {
                if (in == null) {
                    throw new IllegalStateException(NAME + " is not on the class path");
                }
                return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] fill(Map<String, String> values) {
            UnaryOperator<String> value = hole -> {
                String found = values.get(hole);
                if (found == null) {
                    throw new IllegalStateException("nothing for " + hole);
                }
                return found;
            };
            return HOLE.matcher(text)
                    .replaceAll(match -> Matcher.quoteReplacement(value.apply(match.group(1))))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}

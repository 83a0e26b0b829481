package dev.quittance.contracts.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One file of each event as its first writer wrote it, optional members left out, one as a newer writer may: with members that
 * nobody here knows, and one for each time that members were added. The files are never changed, only added to.
 */
final class GoldenEvents {
    static final List<String> TYPES = List.of(
            "AccessChanged",
            "AccountExtended",
            "AccountShortened",
            "BalanceChanged",
            "CustomerProvisioned",
            "HoldReleased",
            "IdentityMismatchFound",
            "OrderStatusChanged",
            "PaymentHeld",
            "PaymentReversed",
            "PaymentSettled",
            "ReversalUndone",
            "SubscriptionChanged",
            "VoucherIssued",
            "VoucherRedeemed",
            "VoucherRestored",
            "VoucherRevoked");

    private static final List<GoldenEvent> ADDED = List.of(added("PaymentSettled", "subscription"));

    private GoldenEvents() {}

    static Stream<GoldenEvent> all() {
        return Stream.concat(
                TYPES.stream().flatMap(type -> Stream.of("oldest", "newer").map(age -> added(type, age))),
                ADDED.stream());
    }

    private static GoldenEvent added(String type, String age) {
        return new GoldenEvent(type, age, resource("/golden/" + kebab(type) + "." + age + ".json"));
    }

    static String schema(String type) {
        return resource("/schema/" + kebab(type) + ".schema.json");
    }

    private static String kebab(String type) {
        return type.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(GoldenEvents.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One golden file. */
    record GoldenEvent(String type, String age, String json) {
        byte[] bytes() {
            return json.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return age + " " + type;
        }
    }
}

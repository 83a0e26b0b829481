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
 * One file of each event as its first writer wrote it, optional members left out, and one as a newer writer may: with members that
 * nobody here knows. The files are never changed, only added to.
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

    private GoldenEvents() {}

    static Stream<GoldenEvent> all() {
        return TYPES.stream()
                .flatMap(type -> Stream.of("oldest", "newer")
                        .map(age ->
                                new GoldenEvent(type, age, resource("/golden/" + kebab(type) + "." + age + ".json"))));
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

package dev.quittance.endtoend.purchase;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A paid checkout of 10.50 EUR with 500 points, 20 credits and a voucher for one month: its six events in the shapes of
 * Stripe's newest version, with ids of its own.
 *
 * @param tag what its ids are made of
 */
public record Purchase(String tag) {
    private static final String TAG = "PURCHASE";
    private static final List<String> TYPES = List.of(
            "customer.created",
            "payment_intent.created",
            "payment_intent.succeeded",
            "charge.succeeded",
            "checkout.session.completed",
            "charge.updated");
    /** How many events Stripe tells of each. */
    public static final int EVENTS_EACH = TYPES.size();

    private static final List<String> EVENTS =
            TYPES.stream().map(Purchase::text).toList();
    private static final String BALANCE_TRANSACTION = text("balance_transaction");

    public Purchase {
        // Stripe's ids are letters and digits; an e-mail address is compared without case.
        if (!tag.matches("[a-z0-9]+")) {
            throw new IllegalArgumentException("not a tag: " + tag);
        }
    }

    /** In the order in which Stripe makes them. */
    public List<String> events() {
        return EVENTS.stream().map(this::own).toList();
    }

    public String event(String type) {
        return own(EVENTS.get(TYPES.indexOf(type)));
    }

    /** What Stripe tells of the fee when it is asked. */
    public String balanceTransaction() {
        return own(BALANCE_TRANSACTION);
    }

    public String email() {
        return tag + "@example.com";
    }

    public String paymentIntent() {
        return "pi_" + tag;
    }

    private String own(String text) {
        return text.replace(TAG, tag);
    }

    private static String text(String name) {
        try (InputStream in = requireNonNull(Purchase.class.getResourceAsStream(name + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checkout session and what Stripe knows of it without showing it in the session. */
final class Checkout {
    private final ObjectNode session;
    private final List<ObjectNode> lines;
    private final @Nullable Params intentData;
    private @Nullable ObjectNode attemptedIntent;

    Checkout(ObjectNode session, List<ObjectNode> lines, @Nullable Params intentData) {
        this.session = session;
        this.lines = List.copyOf(lines);
        this.intentData = intentData;
    }

    ObjectNode session() {
        return session;
    }

    String id() {
        return session.path("id").asText();
    }

    long total() {
        return session.path("amount_total").asLong();
    }

    boolean isOpen() {
        return session.path("status").asText().equals("open");
    }

    List<ObjectNode> lines() {
        return lines;
    }

    /** {@code payment_intent_data} of the request that made the session. */
    @Nullable
    Params intentData() {
        return intentData;
    }

    /** The intent of a declined attempt, which the next attempt goes on with. */
    @Nullable
    ObjectNode attemptedIntent() {
        return attemptedIntent;
    }

    void attemptWith(ObjectNode intent) {
        attemptedIntent = intent;
    }
}

package dev.quittance.localstack.simulator.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Params;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checkout session and what Stripe knows of it without showing it in the session. */
public final class Checkout {
    private final ObjectNode session;
    private final List<ObjectNode> lines;
    private final @Nullable Params intentData;
    private final @Nullable Params subscriptionData;
    private @Nullable ObjectNode attemptedIntent;

    public Checkout(
            ObjectNode session,
            List<ObjectNode> lines,
            @Nullable Params intentData,
            @Nullable Params subscriptionData) {
        this.session = session;
        this.lines = List.copyOf(lines);
        this.intentData = intentData;
        this.subscriptionData = subscriptionData;
    }

    public ObjectNode session() {
        return session;
    }

    public String id() {
        return session.path("id").asText();
    }

    public long total() {
        return session.path("amount_total").asLong();
    }

    public boolean isOpen() {
        return session.path("status").asText().equals("open");
    }

    public List<ObjectNode> lines() {
        return lines;
    }

    /** {@code payment_intent_data} of the request that made the session. */
    @Nullable
    public Params intentData() {
        return intentData;
    }

    public boolean isSubscription() {
        return session.path("mode").asText().equals("subscription");
    }

    public boolean isSetup() {
        return session.path("mode").asText().equals("setup");
    }

    /** {@code subscription_data} of the request that made the session. */
    @Nullable
    public Params subscriptionData() {
        return subscriptionData;
    }

    /** The intent of a declined attempt, which the next attempt goes on with. */
    @Nullable
    public ObjectNode attemptedIntent() {
        return attemptedIntent;
    }

    /** The card's bank has asked, and the buyer has not answered. */
    public boolean isChallenged() {
        return isOpen()
                && attemptedIntent != null
                && attemptedIntent.path("status").asText().equals("requires_action");
    }

    public void attemptWith(ObjectNode intent) {
        attemptedIntent = intent;
    }
}

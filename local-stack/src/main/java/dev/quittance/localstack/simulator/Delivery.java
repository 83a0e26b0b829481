package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far the telling of one event to one endpoint has come. */
final class Delivery {
    private final WebhookEndpoint endpoint;
    private final Instant since;
    private int attempts;
    private @Nullable Integer lastStatus;
    private boolean delivered;
    private boolean givenUp;

    Delivery(WebhookEndpoint endpoint, Instant since) {
        this.endpoint = endpoint;
        this.since = since;
    }

    WebhookEndpoint endpoint() {
        return endpoint;
    }

    Instant since() {
        return since;
    }

    int attempts() {
        return attempts;
    }

    boolean isDelivered() {
        return delivered;
    }

    /**
     * Notes the outcome of an attempt.
     *
     * @param status what the endpoint answered; null when it did not
     */
    void attempted(@Nullable Integer status) {
        attempts++;
        lastStatus = status;
        delivered = delivered || (status != null && status / 100 == 2);
    }

    void giveUp() {
        givenUp = true;
    }

    ObjectNode describe(String eventId, String type) {
        ObjectNode node = Shapes.empty();
        node.put("event", eventId);
        node.put("type", type);
        node.put("endpoint", endpoint.url().toString());
        node.put("attempts", attempts);
        node.put("last_status", lastStatus);
        node.put("delivered", delivered);
        node.put("given_up", givenUp);
        return node;
    }
}

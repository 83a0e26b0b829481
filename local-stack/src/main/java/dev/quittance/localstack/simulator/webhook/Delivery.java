package dev.quittance.localstack.simulator.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ApiVersion;
import dev.quittance.localstack.simulator.rest.Shapes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far the telling of one event to one endpoint has come. */
public final class Delivery {
    private final WebhookEndpoint endpoint;
    private final ApiVersion version;
    private final Instant since;
    private int attempts;
    private @Nullable Integer lastStatus;
    private boolean delivered;
    private boolean givenUp;

    public Delivery(WebhookEndpoint endpoint, ApiVersion version, Instant since) {
        this.endpoint = endpoint;
        this.version = version;
        this.since = since;
    }

    public WebhookEndpoint endpoint() {
        return endpoint;
    }

    /** The version in which this endpoint is told. */
    public ApiVersion version() {
        return version;
    }

    public Instant since() {
        return since;
    }

    public int attempts() {
        return attempts;
    }

    public boolean isDelivered() {
        return delivered;
    }

    /**
     * Notes the outcome of an attempt.
     *
     * @param status what the endpoint answered; null when it did not
     */
    public void attempted(@Nullable Integer status) {
        attempts++;
        lastStatus = status;
        delivered = delivered || (status != null && status / 100 == 2);
    }

    public void giveUp() {
        givenUp = true;
    }

    public ObjectNode describe(String eventId, String type) {
        ObjectNode node = Shapes.empty();
        node.put("event", eventId);
        node.put("type", type);
        node.put("endpoint", endpoint.url().toString());
        node.put("api_version", version.text());
        node.put("attempts", attempts);
        node.put("last_status", lastStatus);
        node.put("delivered", delivered);
        node.put("given_up", givenUp);
        return node;
    }
}

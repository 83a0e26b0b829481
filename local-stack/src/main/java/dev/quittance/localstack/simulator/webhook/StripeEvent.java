package dev.quittance.localstack.simulator.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ApiVersion;
import dev.quittance.localstack.simulator.rest.Shapes;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An event as it was at its moment.
 *
 * @param created in seconds, as in the body
 * @param version the account's at that moment, in which the REST API lists it
 * @param bodies by version: what every attempt to deliver it sends, so that a repeated delivery is a repeated body
 * @param deliveries one for each endpoint that is told
 */
public record StripeEvent(
        String id,
        String type,
        long created,
        ApiVersion version,
        Map<ApiVersion, PackedText> bodies,
        List<Delivery> deliveries) {
    public StripeEvent {
        bodies = Map.copyOf(bodies);
        deliveries = List.copyOf(deliveries);
    }

    public String body() {
        return body(version);
    }

    public String body(ApiVersion wanted) {
        return Objects.requireNonNull(bodies.get(wanted), "no body in that version")
                .unpacked();
    }

    public int pendingWebhooks() {
        return (int)
                deliveries.stream().filter(delivery -> !delivery.isDelivered()).count();
    }

    /** As the REST API shows it: with the deliveries that are still owed now. */
    public ObjectNode asListed() {
        ObjectNode listed = Shapes.read(body());
        listed.put("pending_webhooks", pendingWebhooks());
        return listed;
    }
}

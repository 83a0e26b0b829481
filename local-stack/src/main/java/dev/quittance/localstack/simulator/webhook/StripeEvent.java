package dev.quittance.localstack.simulator.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Shapes;
import java.util.List;

/**
 * An event as it was at its moment.
 *
 * @param created in seconds, as in the body
 * @param packedBody what every attempt to deliver it sends, so that a repeated delivery is a repeated body
 * @param deliveries one for each endpoint that is told
 */
public record StripeEvent(String id, String type, long created, PackedText packedBody, List<Delivery> deliveries) {
    public String body() {
        return packedBody.unpacked();
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

package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An event as it was at its moment.
 *
 * @param body the bytes that every attempt to deliver it sends, so that a repeated delivery is a repeated body
 * @param deliveries one for each endpoint that is told
 */
record StripeEvent(String id, String type, ObjectNode node, String body, List<Delivery> deliveries) {
    int pendingWebhooks() {
        return (int)
                deliveries.stream().filter(delivery -> !delivery.isDelivered()).count();
    }

    /** As the REST API shows it: with the deliveries that are still owed now. */
    ObjectNode asListed() {
        ObjectNode listed = node.deepCopy();
        listed.put("pending_webhooks", pendingWebhooks());
        return listed;
    }
}

package dev.quittance.localstack.simulator.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ApiVersion;
import java.util.List;

/** Subscriptions of before Basil: one period for all items, and the plan of the only one. */
final class SubscriptionShapes {
    private static final String START = "current_period_start";
    private static final String END = "current_period_end";

    private SubscriptionShapes() {}

    static void subscription(ObjectNode subscription, ApiVersion version) {
        subscription.withObject("/billing_mode").removeAll().put("type", "classic");
        if (!version.isBeforeBasil()) {
            return;
        }
        subscription.remove("billing_mode");
        JsonNode items = subscription.at("/items/data");
        JsonNode first = items.path(0);
        subscription.set(START, first.path(START));
        subscription.set(END, first.path(END));
        boolean isOnly = items.size() == 1;
        subscription.set("plan", isOnly ? first.path("plan").deepCopy() : subscription.nullNode());
        subscription.set("quantity", isOnly ? first.path("quantity") : subscription.nullNode());
        subscription.putNull("discount");
    }

    static void item(ObjectNode item, ApiVersion version) {
        if (version.isBeforeBasil()) {
            item.remove(List.of(START, END));
        }
    }
}

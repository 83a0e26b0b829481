package dev.quittance.localstack.simulator.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer subscribes to.
 *
 * @param items what recurs
 * @param once what the first invoice bills beside
 * @param card the payment method that pays; null for whatever the customer has
 * @param asked metadata, trial and description, as the merchant asked for them
 */
public record SubscriptionOrder(
        String customer,
        List<Bought> items,
        List<Bought> once,
        @Nullable String card,
        Params asked) {
    /** So many of a price. */
    public record Bought(ObjectNode price, long quantity) {
        public long amount() {
            return Math.multiplyExact(price.path("unit_amount").asLong(), quantity);
        }
    }

    public SubscriptionOrder {
        items = List.copyOf(items);
        once = List.copyOf(once);
    }

    public static Params nothingAsked() {
        return new Params(Shapes.empty());
    }
}

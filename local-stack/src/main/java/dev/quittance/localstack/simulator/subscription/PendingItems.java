package dev.quittance.localstack.simulator.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.invoice.InvoiceLines;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a change of plan leaves to be credited and billed, until the next invoice takes it. */
final class PendingItems {
    private final World world;
    private final SubscriptionBook book;
    private final Map<String, List<ObjectNode>> pending = new HashMap<>();

    PendingItems(World world, SubscriptionBook book) {
        this.world = world;
        this.book = book;
    }

    /** For the rest of the period: back what the old item cost, and on the bill what the new one costs. */
    void prorate(ObjectNode subscription, JsonNode item, boolean isCredit, Call.Cause cause) {
        long now = world.clock().seconds();
        InvoiceLines.Period period = SubscriptionBook.period(subscription);
        long part = Periods.unused(SubscriptionBook.amount(item), period, now);
        if (part == 0) {
            return;
        }
        ObjectNode price = (ObjectNode) item.path("price");
        ObjectNode owed = Shapes.fresh("invoiceitem");
        owed.put("id", world.ids().invoiceItem());
        owed.put("amount", isCredit ? -part : part);
        owed.put("net_amount", isCredit ? -part : part);
        owed.put("date", now);
        owed.set("currency", price.path("currency"));
        owed.set("customer", subscription.path("customer"));
        owed.put("description", (isCredit ? "Unused time on " : "Remaining time on ") + book.product(price));
        owed.withObject("/period").put("start", now).put("end", period.end());
        owed.put("proration", true);
        owed.set("pricing", InvoiceLines.pricing(price));
        owed.set("quantity", item.path("quantity"));
        owed.set("metadata", subscription.path("metadata").deepCopy());
        ObjectNode parent = owed.putObject("parent");
        parent.putObject("subscription_details")
                .put("subscription", subscription.path("id").asText());
        parent.put("type", "subscription_details");
        world.shelf().put(owed);
        world.events().emit("invoiceitem.created", owed, cause);
        pending.computeIfAbsent(subscription.path("id").asText(), _ -> new ArrayList<>())
                .add(owed);
    }

    /** As lines of the invoice that is being made; they are pending no more. */
    List<ObjectNode> take(ObjectNode subscription) {
        List<ObjectNode> items = pending.remove(subscription.path("id").asText());
        List<ObjectNode> lines = new ArrayList<>();
        for (ObjectNode item : items == null ? List.<ObjectNode>of() : items) {
            ObjectNode price = world.shelf()
                    .get("price", item.at("/pricing/price_details/price").asText(), "price");
            lines.add(InvoiceLines.ofInvoiceItem(world.ids().invoiceLine(), item, price));
        }
        return lines;
    }
}

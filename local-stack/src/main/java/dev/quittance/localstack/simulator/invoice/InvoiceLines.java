package dev.quittance.localstack.simulator.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Shapes;

/** Lines of invoices, in the shape in which the newest API shows them. */
public final class InvoiceLines {
    /**
     * What one line bills.
     *
     * @param item the subscription item; empty for what is billed once
     */
    public record Billed(
            ObjectNode price, String item, long quantity, long amount, String description, Period period) {}

    /** In epoch seconds. */
    public record Period(long start, long end) {}

    private InvoiceLines() {}

    /** A period of a subscription's item, or something billed once beside it. */
    public static ObjectNode ofSubscription(String id, ObjectNode subscription, Billed billed) {
        ObjectNode line = line(id, billed);
        line.set("metadata", subscription.path("metadata").deepCopy());
        line.put("subscription", subscription.path("id").asText());
        ObjectNode parent = line.putObject("parent");
        if (billed.item().isEmpty()) {
            ObjectNode details = details(parent, "invoice_item_details", false);
            details.putNull("invoice_item");
            details.put("subscription", subscription.path("id").asText());
            return line;
        }
        ObjectNode details = details(parent, "subscription_item_details", false);
        details.putNull("invoice_item");
        details.put("subscription", subscription.path("id").asText());
        details.put("subscription_item", billed.item());
        return line;
    }

    /** What a pending invoice item becomes on the next invoice. */
    public static ObjectNode ofInvoiceItem(String id, ObjectNode item, ObjectNode price) {
        ObjectNode line = line(
                id,
                new Billed(
                        price,
                        "",
                        item.path("quantity").asLong(),
                        item.path("amount").asLong(),
                        item.path("description").asText(),
                        new Period(
                                item.at("/period/start").asLong(),
                                item.at("/period/end").asLong())));
        String subscription =
                item.at("/parent/subscription_details/subscription").asText();
        line.put("subscription", subscription);
        line.set("metadata", item.path("metadata").deepCopy());
        ObjectNode details = details(
                line.putObject("parent"),
                "invoice_item_details",
                item.path("proration").asBoolean());
        details.put("invoice_item", item.path("id").asText());
        details.put("subscription", subscription);
        return line;
    }

    /** {@code pricing} of a line or an invoice item. */
    public static ObjectNode pricing(ObjectNode price) {
        ObjectNode pricing = Shapes.empty();
        ObjectNode details = pricing.putObject("price_details");
        details.put("price", price.path("id").asText());
        details.put("product", price.path("product").asText());
        pricing.put("type", "price_details");
        pricing.set("unit_amount_decimal", price.path("unit_amount_decimal"));
        return pricing;
    }

    private static ObjectNode line(String id, Billed billed) {
        ObjectNode line = Shapes.fresh("line_item");
        line.put("id", id);
        line.put("amount", billed.amount());
        line.set("currency", billed.price().path("currency"));
        line.put("description", billed.description());
        line.withObject("/period")
                .put("start", billed.period().start())
                .put("end", billed.period().end());
        line.set("pricing", pricing(billed.price()));
        line.put("quantity", billed.quantity());
        line.put("quantity_decimal", Long.toString(billed.quantity()));
        line.put("subtotal", billed.amount());
        return line;
    }

    private static ObjectNode details(ObjectNode parent, String type, boolean isProration) {
        parent.putNull("invoice_item_details");
        parent.putNull("subscription_item_details");
        parent.put("type", type);
        ObjectNode details = parent.putObject(type);
        details.put("proration", isProration);
        details.putObject("proration_details").putNull("credited_items");
        return details;
    }
}

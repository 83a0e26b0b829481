package dev.quittance.localstack.simulator.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ApiVersion;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Shapes;
import java.util.List;

/** Invoices of before Basil: no parents and no payments, but the subscription, the intent, the charge and the prices themselves. */
final class InvoiceShapes {
    private final ObjectShelf shelf;

    InvoiceShapes(ObjectShelf shelf) {
        this.shelf = shelf;
    }

    void invoice(ObjectNode invoice, ApiVersion version) {
        if (!version.isBeforeBasil()) {
            return;
        }
        JsonNode details = invoice.at("/parent/subscription_details");
        invoice.set("subscription", orNull(invoice, details.path("subscription")));
        ObjectNode metadata = invoice.putObject("subscription_details");
        metadata.set("metadata", orNull(invoice, details.path("metadata")));
        invoice.set("payment_intent", PaymentShapes.known(invoice, "_payment_intent"));
        invoice.set("charge", PaymentShapes.known(invoice, "_charge"));
        invoice.put("paid", invoice.path("status").asText().equals("paid"));
        invoice.put("paid_out_of_band", false);
        for (String unused : new String[] {"application_fee_amount", "discount", "quote", "tax", "transfer_data"}) {
            invoice.putNull(unused);
        }
        invoice.putArray("total_tax_amounts");
        invoice.remove(List.of("parent", "total_taxes", "total_pretax_credit_amounts", "amount_overpaid"));
    }

    void line(ObjectNode line, ApiVersion version) {
        if (!version.isBeforeBasil()) {
            return;
        }
        boolean isOfItem = line.at("/parent/type").asText().equals("subscription_item_details");
        JsonNode details = line.at(isOfItem ? "/parent/subscription_item_details" : "/parent/invoice_item_details");
        line.put("type", isOfItem ? "subscription" : "invoiceitem");
        line.set("subscription", orNull(line, details.path("subscription")));
        if (isOfItem) {
            line.set("subscription_item", details.path("subscription_item"));
        } else {
            line.set("invoice_item", orNull(line, details.path("invoice_item")));
        }
        line.set("proration", details.path("proration"));
        line.set("proration_details", orNull(line, details.path("proration_details")));
        setPrice(line);
        line.putArray("tax_amounts");
        line.putArray("tax_rates");
        line.remove(List.of("parent", "pricing", "taxes", "pretax_credit_amounts", "subtotal", "quantity_decimal"));
    }

    void item(ObjectNode item, ApiVersion version) {
        if (!version.isBeforeBasil()) {
            return;
        }
        item.set("subscription", orNull(item, item.at("/parent/subscription_details/subscription")));
        setPrice(item);
        item.set("unit_amount", item.path("amount"));
        item.put("unit_amount_decimal", item.path("amount").asText());
        item.remove(List.of("parent", "pricing", "net_amount", "quantity_decimal"));
    }

    private void setPrice(ObjectNode billed) {
        ObjectNode price = shelf.find(billed.at("/pricing/price_details/price").asText());
        if (price == null) {
            billed.putNull("price");
            billed.putNull("plan");
            return;
        }
        billed.set("price", price.deepCopy());
        boolean isRecurring = price.path("type").asText().equals("recurring");
        billed.set("plan", isRecurring ? plan(price) : billed.nullNode());
    }

    private static ObjectNode plan(ObjectNode price) {
        ObjectNode plan = Shapes.fresh("plan");
        for (String shared : new String[] {"id", "active", "created", "currency", "metadata", "nickname", "product"}) {
            plan.set(shared, price.path(shared).deepCopy());
        }
        plan.set("amount", price.path("unit_amount"));
        plan.set("amount_decimal", price.path("unit_amount_decimal"));
        plan.set("interval", price.at("/recurring/interval"));
        plan.set("interval_count", price.at("/recurring/interval_count"));
        return plan;
    }

    private static JsonNode orNull(ObjectNode factory, JsonNode value) {
        return value.isMissingNode() ? factory.nullNode() : value;
    }
}

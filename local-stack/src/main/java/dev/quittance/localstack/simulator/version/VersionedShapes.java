package dev.quittance.localstack.simulator.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ApiVersion;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Rendering;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulator keeps the newest shape, and beside it, under names with an underscore, what only older shapes show; this takes out of that
 * what a version is to see.
 */
public final class VersionedShapes implements Rendering {
    private static final String HIDDEN = "_";

    private final PaymentShapes payments;
    private final InvoiceShapes invoices;

    public VersionedShapes(ObjectShelf shelf) {
        this.payments = new PaymentShapes(shelf);
        this.invoices = new InvoiceShapes(shelf);
    }

    @Override
    public ObjectNode show(ObjectNode object, ApiVersion version) {
        ObjectNode shown = object.deepCopy();
        walk(shown, version);
        return shown;
    }

    private void walk(JsonNode node, ApiVersion version) {
        if (node instanceof ArrayNode list) {
            list.forEach(element -> walk(element, version));
        } else if (node instanceof ObjectNode object
                && !object.path("object").asText().equals("event")) {
            rewrite(object, version);
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (name.startsWith(HIDDEN)) {
                    object.remove(name);
                } else {
                    walk(object.path(name), version);
                }
            }
        }
    }

    private void rewrite(ObjectNode object, ApiVersion version) {
        if (!version.isBeforeClover()) {
            return;
        }
        object.remove(List.of("customer_account", "managed_payments", "billing_schedules", "integration_identifier"));
        switch (object.path("object").asText()) {
            case "payment_intent" -> payments.intent(object, version);
            case "charge" -> payments.charge(object, version);
            case "refund" -> object.remove(List.of("customer", "payment_method"));
            case "balance_transaction" -> object.remove("balance_type");
            case "checkout.session" -> payments.session(object, version);
            case "invoice" -> invoices.invoice(object, version);
            case "line_item" -> invoices.line(object, version);
            case "invoiceitem" -> invoices.item(object, version);
            case "subscription" -> SubscriptionShapes.subscription(object, version);
            case "subscription_item" -> SubscriptionShapes.item(object, version);
            default -> {
                // Looked then as it does now.
            }
        }
    }
}

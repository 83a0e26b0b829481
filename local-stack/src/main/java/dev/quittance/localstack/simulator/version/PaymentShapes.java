package dev.quittance.localstack.simulator.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ApiVersion;
import dev.quittance.localstack.simulator.rest.ObjectShelf;

/** Payments of before: they name their invoice, and long before, an intent held its charges and a charge its refunds. */
final class PaymentShapes {
    private final ObjectShelf shelf;

    PaymentShapes(ObjectShelf shelf) {
        this.shelf = shelf;
    }

    void intent(ObjectNode intent, ApiVersion version) {
        intent.remove("excluded_payment_method_types");
        if (version.isBeforeBasil()) {
            intent.set("invoice", known(intent, "_invoice"));
        }
        if (version.showsCharges()) {
            String latest = intent.path("latest_charge").asText();
            ObjectNode charge = shelf.find(latest);
            ArrayNode charges = list(
                    intent,
                    "charges",
                    "/v1/charges?payment_intent=" + intent.path("id").asText());
            if (charge != null) {
                charges.add(charge.deepCopy());
            }
            intent.withObject("/charges").put("total_count", charges.size());
            intent.remove("latest_charge");
        }
    }

    void charge(ObjectNode charge, ApiVersion version) {
        if (version.isBeforeBasil()) {
            charge.set("invoice", known(charge, "_invoice"));
        }
        if (version.showsCharges()) {
            String id = charge.path("id").asText();
            ArrayNode refunds = list(charge, "refunds", "/v1/charges/" + id + "/refunds");
            if (charge.path("amount_refunded").asLong() > 0) {
                shelf.all("refund").stream()
                        .filter(refund -> refund.path("charge").asText().equals(id))
                        .forEach(refund -> refunds.add(refund.deepCopy()));
            }
        }
    }

    void session(ObjectNode session, ApiVersion version) {
        session.put("ui_mode", "hosted");
        session.remove("origin_context");
        if (version.isBeforeBasil()) {
            session.putNull("shipping_details");
            session.remove("permissions");
        }
    }

    private static ArrayNode list(ObjectNode owner, String name, String url) {
        ObjectNode list = owner.putObject(name);
        list.put("object", "list");
        ArrayNode data = list.putArray("data");
        list.put("has_more", false);
        list.put("url", url);
        return data;
    }

    static JsonNode known(ObjectNode object, String hidden) {
        return object.has(hidden) ? object.path(hidden) : object.nullNode();
    }
}

package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Locale;

/** Stripe's customers. */
final class CustomerDesk {
    private final ObjectShelf shelf;
    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;

    CustomerDesk(ObjectShelf shelf, EventLog events, Ids ids, InstantSource clock) {
        this.shelf = shelf;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    ObjectNode create(Call call) {
        ObjectNode customer = fresh();
        fill(customer, call.params());
        shelf.put(customer);
        events.emit("customer.created", customer, call.cause());
        return customer.deepCopy();
    }

    /** The customer that a checkout makes of its buyer. */
    ObjectNode createBuyer(Buyer buyer) {
        ObjectNode customer = fresh();
        customer.put("email", buyer.email());
        customer.put("name", buyer.name());
        shelf.put(customer);
        events.emit("customer.created", customer, Call.Cause.NOBODY);
        return customer;
    }

    ObjectNode retrieve(Call call) {
        return shelf.get("customer", call.id(), "id").deepCopy();
    }

    ObjectNode update(Call call) {
        ObjectNode customer = live(call);
        ObjectNode before = customer.deepCopy();
        fill(customer, call.params());
        events.emitChange("customer.updated", before, customer, call.cause());
        return customer.deepCopy();
    }

    ObjectNode delete(Call call) {
        ObjectNode customer = live(call);
        events.emit("customer.deleted", customer, call.cause());
        customer.removeAll();
        customer.put("id", call.id());
        customer.put("object", "customer");
        customer.put("deleted", true);
        return customer.deepCopy();
    }

    ObjectNode list(Call call) {
        String email = call.params().text("email");
        return ListPage.of(
                call,
                shelf.all("customer").stream()
                        .filter(customer -> !customer.has("deleted"))
                        .filter(customer -> email == null
                                || email.equals(customer.path("email").asText()))
                        .toList());
    }

    private ObjectNode live(Call call) {
        ObjectNode customer = shelf.get("customer", call.id(), "id");
        if (customer.has("deleted")) {
            throw StripeFailure.noSuch("customer", call.id(), "id");
        }
        return customer;
    }

    private ObjectNode fresh() {
        ObjectNode customer = Shapes.fresh("customer");
        String id = ids.customer();
        customer.put("id", id);
        customer.put("created", clock.instant().getEpochSecond());
        customer.put("invoice_prefix", id.substring(id.length() - 8).toUpperCase(Locale.ROOT));
        return customer;
    }

    private static void fill(ObjectNode customer, Params params) {
        params.copyTexts(customer, "description", "email", "name", "phone");
        params.mergeMetadata(customer);
    }
}

package dev.quittance.localstack.simulator.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Stripe's customers. */
public final class CustomerDesk {
    private final List<Consumer<String>> beforeDeletion = new ArrayList<>();
    private final ObjectShelf shelf;
    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;

    public CustomerDesk(World world) {
        this.shelf = world.shelf();
        this.events = world.events();
        this.ids = world.ids();
        this.clock = world.clock();
    }

    /** Whoever has something of the customer's ends it first. */
    public void beforeDeletion(Consumer<String> told) {
        beforeDeletion.add(told);
    }

    public void mount(Router router, StripeApi api) {
        api.post(router, "/v1/customers", this::create);
        api.get(router, "/v1/customers", this::list);
        api.get(router, "/v1/customers/:id", this::retrieve);
        api.post(router, "/v1/customers/:id", this::update);
        api.delete(router, "/v1/customers/:id", this::delete);
        api.get(
                router,
                "/v1/payment_methods/:id",
                call -> shelf.get("payment_method", call.id(), "id").deepCopy());
    }

    private ObjectNode create(Call call) {
        ObjectNode customer = fresh();
        fill(customer, call.params());
        shelf.put(customer);
        events.emit("customer.created", customer, call.cause());
        return customer.deepCopy();
    }

    /** The customer that a checkout makes of its buyer. */
    public ObjectNode createBuyer(Buyer buyer) {
        ObjectNode customer = fresh();
        customer.put("email", buyer.email());
        customer.put("name", buyer.name());
        shelf.put(customer);
        events.emit("customer.created", customer, Call.Cause.NOBODY);
        return customer;
    }

    /** Keeps the card that a checkout was paid with, for what recurs; its id. */
    public String keepCard(String customer, Buyer buyer) {
        String id = card(buyer);
        ObjectNode card = shelf.get("payment_method", id, "payment_method");
        card.put("customer", customer);
        events.emit("payment_method.attached", card, Call.Cause.NOBODY);
        ObjectNode known = shelf.get("customer", customer, "customer");
        ObjectNode before = known.deepCopy();
        known.withObject("/invoice_settings").put("default_payment_method", id);
        events.emitChange("customer.updated", before, known, Call.Cause.NOBODY);
        return id;
    }

    /** A card that is nobody's yet; its id. */
    public String card(Buyer buyer) {
        ObjectNode card = Shapes.fresh("payment_method");
        String id = ids.paymentMethod();
        card.put("id", id);
        card.put("created", clock.instant().getEpochSecond());
        card.withObject("/billing_details").put("email", buyer.email()).put("name", buyer.name());
        shelf.put(card);
        return id;
    }

    private ObjectNode retrieve(Call call) {
        return shelf.get("customer", call.id(), "id").deepCopy();
    }

    private ObjectNode update(Call call) {
        ObjectNode customer = live(call);
        ObjectNode before = customer.deepCopy();
        fill(customer, call.params());
        events.emitChange("customer.updated", before, customer, call.cause());
        return customer.deepCopy();
    }

    private ObjectNode delete(Call call) {
        ObjectNode customer = live(call);
        beforeDeletion.forEach(told -> told.accept(call.id()));
        events.emit("customer.deleted", customer, call.cause());
        customer.removeAll();
        customer.put("id", call.id());
        customer.put("object", "customer");
        customer.put("deleted", true);
        return customer.deepCopy();
    }

    private ObjectNode list(Call call) {
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

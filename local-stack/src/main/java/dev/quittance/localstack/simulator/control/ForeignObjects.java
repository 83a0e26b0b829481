package dev.quittance.localstack.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Requests;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.webhook.EventLog;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Objects put straight onto the shelf as they are, for events that somebody else made; and events put straight into the list, as those
 * that could not be delivered.
 */
public final class ForeignObjects {
    private final ObjectShelf shelf;
    private final EventLog events;

    public ForeignObjects(ObjectShelf shelf, EventLog events) {
        this.shelf = shelf;
        this.events = events;
    }

    public void mount(Router router) {
        router.post("/_sim/objects")
                .handler(context -> Requests.body(context.request())
                        .onSuccess(body -> put(context, body))
                        .onFailure(context::fail));
    }

    private void put(RoutingContext context, String body) {
        try {
            ObjectNode object = Shapes.read(body);
            if (object.path("id").asText().isBlank()
                    || object.path("object").asText().isBlank()) {
                throw new IllegalArgumentException("it has no id or no object");
            }
            if (object.path("object").asText().equals("event")) {
                events.keepUndelivered(object);
            } else {
                shelf.put(object);
            }
            context.response().putHeader("Content-Type", "application/json").end(Shapes.pretty(object));
        } catch (IllegalArgumentException e) {
            context.fail(
                    StripeFailure.invalid("parameter_invalid", "body", "Not an object of Stripe's: " + e.getMessage()));
        }
    }
}

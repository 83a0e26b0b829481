package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * What Stripe does not have: faults on the webhooks' way, a look at their delivery, a delivery once more, and objects put
 * straight onto the shelf, for events that somebody else made.
 */
final class SimControl {
    /** Enough to see what is stuck; the counts tell of all. */
    static final int PENDING_SHOWN_MAX = 100;

    private final EventLog events;
    private final WebhookSender sender;
    private final ObjectShelf shelf;

    SimControl(EventLog events, WebhookSender sender, ObjectShelf shelf) {
        this.events = events;
        this.sender = sender;
        this.shelf = shelf;
    }

    void mount(Router router) {
        router.get("/_sim/faults")
                .handler(context -> answer(context, sender.faults().describe()));
        router.post("/_sim/faults")
                .handler(context -> Requests.body(context.request())
                        .onSuccess(body -> setFaults(context, body))
                        .onFailure(context::fail));
        router.get("/_sim/deliveries").handler(context -> answer(context, deliveries()));
        router.post("/_sim/objects")
                .handler(context -> Requests.body(context.request())
                        .onSuccess(body -> putObject(context, body))
                        .onFailure(context::fail));
        router.post("/_sim/events/:id/resend").handler(context -> {
            StripeEvent event = events.get(Requests.id(context));
            sender.resend(event);
            answer(context, event.asListed());
        });
    }

    private void setFaults(RoutingContext context, String body) {
        try {
            sender.setFaults(sender.faults().with(Shapes.read(body)));
            answer(context, sender.faults().describe());
        } catch (IllegalArgumentException e) {
            context.fail(StripeFailure.invalid("parameter_invalid", "body", "Not a set of faults: " + e.getMessage()));
        }
    }

    private void putObject(RoutingContext context, String body) {
        try {
            ObjectNode object = Shapes.read(body);
            if (object.path("id").asText().isBlank()
                    || object.path("object").asText().isBlank()) {
                throw new IllegalArgumentException("it has no id or no object");
            }
            shelf.put(object);
            answer(context, object);
        } catch (IllegalArgumentException e) {
            context.fail(
                    StripeFailure.invalid("parameter_invalid", "body", "Not an object of Stripe's: " + e.getMessage()));
        }
    }

    private ObjectNode deliveries() {
        ObjectNode answer = Shapes.empty();
        ArrayNode pending = answer.putArray("pending");
        int delivered = 0;
        int undelivered = 0;
        for (StripeEvent event : events.all()) {
            for (Delivery delivery : event.deliveries()) {
                if (delivery.isDelivered()) {
                    delivered++;
                } else {
                    undelivered++;
                    if (pending.size() < PENDING_SHOWN_MAX) {
                        pending.add(delivery.describe(event.id(), event.type()));
                    }
                }
            }
        }
        answer.put("delivered", delivered);
        answer.put("undelivered", undelivered);
        return answer;
    }

    private static void answer(RoutingContext context, ObjectNode body) {
        context.response().putHeader("Content-Type", "application/json").end(Shapes.pretty(body));
    }
}

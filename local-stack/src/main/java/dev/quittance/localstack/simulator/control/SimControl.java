package dev.quittance.localstack.simulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ControlDoor;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.webhook.Delivery;
import dev.quittance.localstack.simulator.webhook.StripeEvent;
import dev.quittance.localstack.simulator.webhook.WebhookSender;
import dev.quittance.localstack.simulator.world.Agenda;
import dev.quittance.localstack.simulator.world.World;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The clock, the faults on the webhooks' way, a look at their delivery and a delivery once more. What belongs to one kind of object, its
 * own desk has.
 */
public final class SimControl {
    /** Enough to see what is stuck; the counts tell of all. */
    static final int PENDING_SHOWN_MAX = 100;

    private final World world;
    private final WebhookSender sender;

    public SimControl(World world, WebhookSender sender) {
        this.world = world;
        this.sender = sender;
    }

    public void mount(ControlDoor control) {
        control.get("/_sim/clock", _ -> clock(0));
        control.post("/_sim/clock/advance", this::advance);
        control.get("/_sim/faults", _ -> sender.faults().describe());
        control.post("/_sim/faults", this::setFaults);
        control.get("/_sim/deliveries", _ -> deliveries());
        control.post("/_sim/events/:id/resend", this::resend);
    }

    /** Ahead by {@code days}, {@code hours}, {@code seconds} or an ISO period {@code by}, in sum. */
    private ObjectNode advance(Call call) {
        Params params = call.params();
        Duration by = Duration.ofDays(orNone(params.whole("days")))
                .plusHours(orNone(params.whole("hours")))
                .plusSeconds(orNone(params.whole("seconds")));
        String iso = params.text("by");
        if (iso != null) {
            try {
                by = by.plus(Duration.parse(iso));
            } catch (DateTimeParseException e) {
                throw StripeFailure.invalid("parameter_invalid", "by", "Not a duration: " + iso);
            }
        }
        return clock(world.agenda().advance(by));
    }

    private ObjectNode clock(int done) {
        ObjectNode answer = Shapes.empty();
        answer.put("now", world.clock().seconds());
        answer.put("at", world.clock().instant().toString());
        answer.put("happened", done);
        return answer;
    }

    private ObjectNode setFaults(Call call) {
        try {
            sender.setFaults(sender.faults().with(call.params().tree()));
            return sender.faults().describe();
        } catch (IllegalArgumentException e) {
            throw StripeFailure.invalid("parameter_invalid", "body", "Not a set of faults: " + e.getMessage());
        }
    }

    private ObjectNode resend(Call call) {
        StripeEvent event = world.events().get(call.id());
        sender.resend(event);
        return event.asListed();
    }

    private ObjectNode deliveries() {
        ObjectNode answer = Shapes.empty();
        ArrayNode pending = answer.putArray("pending");
        int delivered = 0;
        int undelivered = 0;
        for (StripeEvent event : world.events().all()) {
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

    private static long orNone(@Nullable Long number) {
        return number == null ? 0 : Math.clamp(number, 0, Agenda.MOVE_MAX.toSeconds());
    }
}

package dev.quittance.localstack.simulator.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Shapes;

/**
 * What goes wrong on the way of the webhooks, on purpose.
 *
 * @param duplicatePercent so many of the delivered events are delivered once more
 * @param dropPercent so many attempts are lost on the way, and tried again as Stripe does
 * @param losePercent so many events are never sent; only reconciliation finds them
 * @param delayMillis every event waits so long before its first attempt
 * @param reorderMillis every event waits a random time up to this before its first attempt
 * @param inFlight so many attempts at once; with one, what is neither delayed nor repeated comes in the order in which it happened
 */
public record Faults(
        int duplicatePercent, int dropPercent, int losePercent, int delayMillis, int reorderMillis, int inFlight) {
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, WebhookSender.IN_FLIGHT_MAX);
    public static final int MILLIS_MAX = 600_000;

    public Faults {
        checkRange(duplicatePercent, 100);
        // A hundred percent would never end.
        checkRange(dropPercent, 99);
        checkRange(losePercent, 100);
        checkRange(delayMillis, MILLIS_MAX);
        checkRange(reorderMillis, MILLIS_MAX);
        checkRange(inFlight, WebhookSender.IN_FLIGHT_MAX);
        if (inFlight == 0) {
            throw new IllegalArgumentException("nothing would be sent with none in flight");
        }
    }

    /** The same faults with what {@code changes} names changed. */
    public Faults with(ObjectNode changes) {
        return new Faults(
                number(changes, "duplicate_percent", duplicatePercent),
                number(changes, "drop_percent", dropPercent),
                number(changes, "lose_percent", losePercent),
                number(changes, "delay_millis", delayMillis),
                number(changes, "reorder_millis", reorderMillis),
                number(changes, "in_flight", inFlight));
    }

    public ObjectNode describe() {
        ObjectNode node = Shapes.empty();
        node.put("duplicate_percent", duplicatePercent);
        node.put("drop_percent", dropPercent);
        node.put("lose_percent", losePercent);
        node.put("delay_millis", delayMillis);
        node.put("reorder_millis", reorderMillis);
        node.put("in_flight", inFlight);
        return node;
    }

    private static int number(ObjectNode changes, String name, int otherwise) {
        String text = changes.path(name).asText();
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    private static void checkRange(int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException("not between 0 and " + max + ": " + value);
        }
    }
}

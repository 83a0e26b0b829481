package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What goes wrong on the way of the webhooks, on purpose.
 *
 * @param duplicatePercent so many of the delivered events are delivered once more
 * @param dropPercent so many attempts are lost on the way, and tried again as Stripe does
 * @param losePercent so many events are never sent; only reconciliation finds them
 * @param delayMillis every event waits so long before its first attempt
 * @param reorderMillis every event waits a random time up to this before its first attempt
 */
record Faults(int duplicatePercent, int dropPercent, int losePercent, int delayMillis, int reorderMillis) {
    static final Faults NONE = new Faults(0, 0, 0, 0, 0);
    static final int MILLIS_MAX = 600_000;

    Faults {
        checkRange(duplicatePercent, 100);
        // A hundred percent would never end.
        checkRange(dropPercent, 99);
        checkRange(losePercent, 100);
        checkRange(delayMillis, MILLIS_MAX);
        checkRange(reorderMillis, MILLIS_MAX);
    }

    /** The same faults with what {@code changes} names changed. */
    Faults with(ObjectNode changes) {
        return new Faults(
                changes.path("duplicate_percent").asInt(duplicatePercent),
                changes.path("drop_percent").asInt(dropPercent),
                changes.path("lose_percent").asInt(losePercent),
                changes.path("delay_millis").asInt(delayMillis),
                changes.path("reorder_millis").asInt(reorderMillis));
    }

    ObjectNode describe() {
        ObjectNode node = Shapes.empty();
        node.put("duplicate_percent", duplicatePercent);
        node.put("drop_percent", dropPercent);
        node.put("lose_percent", losePercent);
        node.put("delay_millis", delayMillis);
        node.put("reorder_millis", reorderMillis);
        return node;
    }

    private static void checkRange(int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException("not between 0 and " + max + ": " + value);
        }
    }
}

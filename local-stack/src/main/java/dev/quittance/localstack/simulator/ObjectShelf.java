package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All objects there are, by id. Used by one event loop only, so every request sees and leaves a consistent state. */
final class ObjectShelf {
    static final int OBJECTS_MAX = 500_000;

    private final Map<String, ObjectNode> byId = new HashMap<>();
    private final Map<String, List<ObjectNode>> byKind = new HashMap<>();

    void put(ObjectNode object) {
        if (byId.size() >= OBJECTS_MAX) {
            throw StripeFailure.tooMuch("The simulator keeps no more than " + OBJECTS_MAX + " objects.");
        }
        if (byId.put(object.path("id").asText(), object) == null) {
            byKind.computeIfAbsent(object.path("object").asText(), _ -> new ArrayList<>())
                    .add(object);
        }
    }

    @Nullable
    ObjectNode find(String id) {
        return byId.get(id);
    }

    ObjectNode get(String kind, String id, String param) {
        ObjectNode object = byId.get(id);
        if (object == null || !object.path("object").asText().equals(kind)) {
            throw StripeFailure.noSuch(kind, id, param);
        }
        return object;
    }

    /** Newest first, as Stripe lists. */
    List<ObjectNode> all(String kind) {
        return byKind.getOrDefault(kind, List.of()).reversed();
    }
}

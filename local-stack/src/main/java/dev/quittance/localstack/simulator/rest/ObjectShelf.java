package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects there are, by id; of each kind the oldest are forgotten beyond a number, since the simulator shares a small heap with the
 * launcher. Used by one event loop only, so every request sees and leaves a consistent state.
 */
public final class ObjectShelf {
    public static final int OBJECTS_PER_KIND_MAX = 1_500;

    private final Map<String, ObjectNode> byId = new HashMap<>();
    private final Map<String, SequencedMap<String, ObjectNode>> byKind = new HashMap<>();

    public void put(ObjectNode object) {
        String id = object.path("id").asText();
        SequencedMap<String, ObjectNode> kind =
                byKind.computeIfAbsent(object.path("object").asText(), _ -> new LinkedHashMap<>());
        byId.put(id, object);
        kind.put(id, object);
        if (kind.size() > OBJECTS_PER_KIND_MAX) {
            byId.remove(kind.pollFirstEntry().getKey());
        }
    }

    public void remove(ObjectNode object) {
        String id = object.path("id").asText();
        byId.remove(id);
        SequencedMap<String, ObjectNode> kind = byKind.get(object.path("object").asText());
        if (kind != null) {
            kind.remove(id);
        }
    }

    @Nullable
    public ObjectNode find(String id) {
        return byId.get(id);
    }

    public ObjectNode get(String kind, String id, String param) {
        ObjectNode object = byId.get(id);
        if (object == null || !object.path("object").asText().equals(kind)) {
            throw StripeFailure.noSuch(kind, id, param);
        }
        return object;
    }

    /** Newest first, as Stripe lists. */
    public List<ObjectNode> all(String kind) {
        SequencedMap<String, ObjectNode> objects = byKind.get(kind);
        return objects == null
                ? List.of()
                : List.copyOf(objects.sequencedValues().reversed());
    }
}

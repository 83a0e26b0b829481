package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects there are, by id; of each kind the oldest are forgotten beyond a number, since the simulator shares a small heap with the
 * launcher. Used by one event loop only, so every request sees and leaves a consistent state.
 *
 * <p>An object belongs to the account for which it was made: the platform's own, or a connected one that a request named. Requests
 * see their own account's objects only; what the simulator does by itself sees all.
 */
public final class ObjectShelf {
    public static final int OBJECTS_PER_KIND_MAX = 1_500;

    /** Where an object without an account of its own has it from. */
    private static final List<String> KIN =
            List.of("charge", "payment_intent", "setup_intent", "subscription", "invoice", "customer", "source");

    private static final String ACCOUNT = "_account";

    private final Map<String, ObjectNode> byId = new HashMap<>();
    private @Nullable String asking;
    private final Map<String, SequencedMap<String, ObjectNode>> byKind = new HashMap<>();

    /**
     * Does something for somebody.
     *
     * @param account empty for the platform itself
     */
    public <T> T as(String account, Supplier<T> work) {
        @Nullable String before = asking;
        asking = account;
        try {
            return work.get();
        } finally {
            asking = before;
        }
    }

    /** The connected account that an object belongs to; empty for the platform's own. */
    public static String account(ObjectNode object) {
        return object.path(ACCOUNT).asText("");
    }

    /** Whether whoever asks now may see it. */
    public boolean isVisible(ObjectNode object) {
        return asking == null || asking.equals(account(object));
    }

    public void put(ObjectNode object) {
        String owner = owner(object);
        if (!owner.isEmpty()) {
            object.put(ACCOUNT, owner);
        }
        String id = object.path("id").asText();
        SequencedMap<String, ObjectNode> kind =
                byKind.computeIfAbsent(object.path("object").asText(), _ -> new LinkedHashMap<>());
        byId.put(id, object);
        kind.put(id, object);
        if (kind.size() > OBJECTS_PER_KIND_MAX) {
            byId.remove(kind.pollFirstEntry().getKey());
        }
    }

    private String owner(ObjectNode object) {
        if (asking != null) {
            return asking;
        }
        for (String field : KIN) {
            @Nullable ObjectNode kin = byId.get(object.path(field).asText());
            if (kin != null) {
                return account(kin);
            }
        }
        return account(object);
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
        if (object == null || !object.path("object").asText().equals(kind) || !isVisible(object)) {
            throw StripeFailure.noSuch(kind, id, param);
        }
        return object;
    }

    /** Newest first, as Stripe lists. */
    public List<ObjectNode> all(String kind) {
        SequencedMap<String, ObjectNode> objects = byKind.get(kind);
        return objects == null
                ? List.of()
                : objects.sequencedValues().reversed().stream()
                        .filter(this::isVisible)
                        .toList();
    }
}

package dev.quittance.billing.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.billing.lookup.LookupStore.Question;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.inbox.EventId;
import dev.quittance.messaging.inbox.Incoming;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of what Stripe answered, so that there is one reader of its objects and one way for them to have their
 * effect. Their time is the object's own: any event that tells of a later state of the same rank stands.
 */
final class LookedUp {
    private static final JsonMapper JSON = new JsonMapper();

    private LookedUp() {}

    static List<Incoming> one(Question question, String type, String body) {
        return List.of(event(question, type, read(body)));
    }

    static List<Incoming> list(Question question, String type, String body) {
        List<Incoming> events = new ArrayList<>();
        read(body).path("data").forEach(object -> events.add(event(question, type, object)));
        return events;
    }

    static Incoming event(Question question, String type, JsonNode object) {
        String id = "lookup:" + question.objectId() + ":" + object.path("id").asText();
        ObjectNode event = JSON.createObjectNode();
        event.put("id", id).put("object", "event").put("type", type);
        event.set("created", object.path("created"));
        if (!question.account().isEmpty()) {
            event.put("account", question.account());
        }
        event.putObject("data").set("object", object);
        @Nullable String noTrace = null;
        return new Incoming(
                new EventId(question.account(), id),
                type,
                Topics.STRIPE_EVENTS,
                null,
                event.toString().getBytes(StandardCharsets.UTF_8),
                new byte[32],
                noTrace);
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }
}

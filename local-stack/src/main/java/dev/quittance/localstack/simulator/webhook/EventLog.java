package dev.quittance.localstack.simulator.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ApiVersion;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;

/** Stripe's list of what happened; whoever sends webhooks is told of each new one. */
public final class EventLog {
    /** The oldest are forgotten beyond this, as Stripe forgets after thirty days. */
    public static final int EVENTS_MAX = 10_000;

    private final SequencedMap<String, StripeEvent> events = new LinkedHashMap<>();
    private final Ids ids;
    private final InstantSource clock;
    private final List<WebhookEndpoint> endpoints;
    private final Consumer<StripeEvent> sender;

    public EventLog(Ids ids, InstantSource clock, List<WebhookEndpoint> endpoints, Consumer<StripeEvent> sender) {
        this.ids = ids;
        this.clock = clock;
        this.endpoints = endpoints;
        this.sender = sender;
    }

    public void emit(String type, ObjectNode object, Call.Cause cause) {
        ObjectNode data = Shapes.empty();
        data.set("object", object.deepCopy());
        append(type, data, cause);
    }

    /** Emits what an update changed; an update that changed nothing is no event. */
    public void emitChange(String type, ObjectNode before, ObjectNode after, Call.Cause cause) {
        ObjectNode previous = Shapes.empty();
        before.properties().forEach(field -> {
            if (!field.getValue().equals(after.get(field.getKey()))) {
                previous.set(field.getKey(), field.getValue());
            }
        });
        if (previous.isEmpty()) {
            return;
        }
        ObjectNode data = Shapes.empty();
        data.set("object", after.deepCopy());
        data.set("previous_attributes", previous);
        append(type, data, cause);
    }

    public StripeEvent get(String id) {
        StripeEvent event = events.get(id);
        if (event == null) {
            throw StripeFailure.noSuch("event", id, "id");
        }
        return event;
    }

    public ObjectNode retrieve(Call call) {
        return get(call.id()).asListed();
    }

    /** Newest first; by type, time of creation and whether every endpoint has it. */
    public ObjectNode list(Call call) {
        Params params = call.params();
        String type = params.text("type");
        Set<String> types = Set.copyOf(params.texts("types"));
        String delivered = params.text("delivery_success");
        Params created = params.inside("created");
        List<StripeEvent> found = new ArrayList<>();
        for (StripeEvent event : events.sequencedValues().reversed()) {
            boolean wanted = (type == null || matches(type, event.type()))
                    && (types.isEmpty() || types.contains(event.type()))
                    && (delivered == null || delivered.equals("true") == (event.pendingWebhooks() == 0))
                    && ListPage.isWithin(created, event.created());
            if (wanted) {
                found.add(event);
            }
        }
        return ListPage.of(call, found, StripeEvent::id, StripeEvent::asListed);
    }

    public List<StripeEvent> all() {
        return List.copyOf(events.values());
    }

    private void append(String type, ObjectNode data, Call.Cause cause) {
        String id = ids.event();
        ObjectNode node = Shapes.empty();
        node.put("id", id);
        node.put("object", "event");
        node.put("api_version", ApiVersion.NEWEST.text());
        long created = clock.instant().getEpochSecond();
        node.put("created", created);
        node.set("data", data);
        node.put("livemode", false);
        node.put("pending_webhooks", endpoints.size());
        ObjectNode request = node.putObject("request");
        request.put("id", cause.requestId());
        request.put("idempotency_key", cause.idempotencyKey());
        node.put("type", type);
        List<Delivery> deliveries = endpoints.stream()
                .map(endpoint -> new Delivery(endpoint, clock.instant()))
                .toList();
        StripeEvent event = new StripeEvent(id, type, created, new PackedText(Shapes.pretty(node)), deliveries);
        events.put(id, event);
        if (events.size() > EVENTS_MAX) {
            events.remove(events.keySet().iterator().next());
        }
        sender.accept(event);
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}

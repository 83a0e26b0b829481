package dev.quittance.localstack.simulator.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ApiVersion;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Rendering;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stripe's list of what happened; whoever sends webhooks is told of each new one. */
public final class EventLog {
    /** The oldest are forgotten beyond this, as Stripe forgets after thirty days. */
    public static final int EVENTS_MAX = 10_000;

    private final SequencedMap<String, StripeEvent> events = new LinkedHashMap<>();
    private final Ids ids;
    private final InstantSource clock;
    private final InstantSource realClock;
    private final EndpointDesk endpoints;
    private final Rendering rendering;
    private final Consumer<StripeEvent> sender;

    /**
     * @param clock when things happen in the simulated account
     * @param realClock since when a delivery is owed
     */
    public EventLog(
            Ids ids,
            InstantSource clock,
            InstantSource realClock,
            EndpointDesk endpoints,
            Rendering rendering,
            Consumer<StripeEvent> sender) {
        this.ids = ids;
        this.clock = clock;
        this.realClock = realClock;
        this.endpoints = endpoints;
        this.rendering = rendering;
        this.sender = sender;
    }

    public void emit(String type, ObjectNode object, Call.Cause cause) {
        append(type, null, object, cause);
    }

    /** Emits what an update changed; an update that changed nothing is no event. */
    public void emitChange(String type, ObjectNode before, ObjectNode after, Call.Cause cause) {
        if (!before.equals(after)) {
            append(type, before, after, cause);
        }
    }

    /** An event of another making, as it is: listed and owed to whom it concerns, and never sent. */
    public void keepUndelivered(ObjectNode event) {
        String id = event.path("id").asText();
        String type = event.path("type").asText();
        List<Delivery> owed = endpoints.told(type).stream()
                .map(endpoint -> new Delivery(endpoint, endpoints.versionOf(endpoint), realClock.instant()))
                .toList();
        PackedText body = new PackedText(Shapes.pretty(event));
        Map<ApiVersion, PackedText> bodies = new HashMap<>();
        bodies.put(endpoints.accountVersion(), body);
        owed.forEach(delivery -> bodies.put(delivery.version(), body));
        keep(new StripeEvent(id, type, event.path("created").asLong(), endpoints.accountVersion(), bodies, owed));
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

    private void append(String type, @Nullable ObjectNode before, ObjectNode object, Call.Cause cause) {
        String id = ids.event();
        long created = clock.instant().getEpochSecond();
        List<Delivery> deliveries = endpoints.told(type).stream()
                .map(endpoint -> new Delivery(endpoint, endpoints.versionOf(endpoint), realClock.instant()))
                .toList();
        ObjectNode envelope = Shapes.empty();
        envelope.put("id", id);
        envelope.put("object", "event");
        String account = ObjectShelf.account(object);
        if (!account.isEmpty()) {
            envelope.put("account", account);
        }
        envelope.putNull("api_version");
        envelope.put("created", created);
        envelope.putNull("data");
        envelope.put("livemode", false);
        envelope.put("pending_webhooks", deliveries.size());
        ObjectNode request = envelope.putObject("request");
        request.put("id", cause.requestId());
        request.put("idempotency_key", cause.idempotencyKey());
        envelope.put("type", type);
        Map<ApiVersion, PackedText> bodies = new HashMap<>();
        bodies.put(endpoints.accountVersion(), body(envelope, before, object, endpoints.accountVersion()));
        deliveries.forEach(delivery ->
                bodies.computeIfAbsent(delivery.version(), version -> body(envelope, before, object, version)));
        StripeEvent event = new StripeEvent(id, type, created, endpoints.accountVersion(), bodies, deliveries);
        keep(event);
        sender.accept(event);
    }

    private void keep(StripeEvent event) {
        events.put(event.id(), event);
        if (events.size() > EVENTS_MAX) {
            events.remove(events.keySet().iterator().next());
        }
    }

    private PackedText body(ObjectNode envelope, @Nullable ObjectNode before, ObjectNode object, ApiVersion version) {
        ObjectNode shown = rendering.show(object, version);
        ObjectNode data = Shapes.empty();
        data.set("object", shown);
        if (before != null) {
            data.set("previous_attributes", changed(rendering.show(before, version), shown));
        }
        envelope.put("api_version", version.text());
        envelope.set("data", data);
        return new PackedText(Shapes.pretty(envelope));
    }

    private static ObjectNode changed(ObjectNode before, ObjectNode after) {
        ObjectNode previous = Shapes.empty();
        before.properties().forEach(field -> {
            if (!field.getValue().equals(after.get(field.getKey()))) {
                previous.set(field.getKey(), field.getValue());
            }
        });
        return previous;
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}

package dev.quittance.ingest.thin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.quittance.contracts.stripe.EndpointRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A thin event, as far as it says where its object is. Its own URL for that is never used: what is fetched is decided by kind and id.
 *
 * @param created in seconds
 */
record ThinEvent(
        String id,
        String type,
        @Nullable Long created,
        @Nullable Boolean livemode,
        @Nullable String account,
        String kind,
        String objectId) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,255}");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9_.\\[\\]]{1,255}");
    private static final String OF_V1 = "v1.";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Where the kinds are that we know. */
    private static final Map<String, String> PATHS = Map.ofEntries(
            Map.entry("billing.meter", "/v1/billing/meters/"),
            Map.entry("charge", "/v1/charges/"),
            Map.entry("checkout.session", "/v1/checkout/sessions/"),
            Map.entry("customer", "/v1/customers/"),
            Map.entry("dispute", "/v1/disputes/"),
            Map.entry("invoice", "/v1/invoices/"),
            Map.entry("payment_intent", "/v1/payment_intents/"),
            Map.entry("payment_method", "/v1/payment_methods/"),
            Map.entry("payout", "/v1/payouts/"),
            Map.entry("price", "/v1/prices/"),
            Map.entry("product", "/v1/products/"),
            Map.entry("refund", "/v1/refunds/"),
            Map.entry("subscription", "/v1/subscriptions/"),
            Map.entry("v2.core.account", "/v2/core/accounts/"));

    /** Nothing when it does not say what it is about, or says it in a way that no id of Stripe's is. */
    static Optional<ThinEvent> read(byte[] body) {
        try {
            JsonNode event = JSON.readTree(body);
            JsonNode object = event.path("related_object");
            String context = event.path("context").textValue();
            ThinEvent thin = new ThinEvent(
                    event.path("id").asText(),
                    event.path("type").asText(),
                    seconds(event.path("created")),
                    event.path("livemode").isBoolean() ? event.path("livemode").booleanValue() : null,
                    context,
                    object.path("type").asText(),
                    object.path("id").asText());
            boolean isSound = ID.matcher(thin.id).matches()
                    && TYPE.matcher(thin.type).matches()
                    && TYPE.matcher(thin.kind).matches()
                    && ID.matcher(thin.objectId).matches()
                    && (context == null || ID.matcher(context).matches());
            return isSound ? Optional.of(thin) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static @Nullable Long seconds(JsonNode created) {
        try {
            return created.isTextual()
                    ? Long.valueOf(Instant.parse(created.textValue()).getEpochSecond())
                    : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** Where the object is; nothing for kinds that we do not know. */
    Optional<String> path() {
        return Optional.ofNullable(PATHS.get(kind)).map(path -> path + objectId);
    }

    /** As a snapshot event would have come. What thin events call {@code v1.x} is what snapshot events call {@code x}. */
    byte[] with(byte @Nullable [] object) {
        ObjectNode event = JSON.createObjectNode().put("id", id).put("object", "event");
        if (account != null) {
            event.put("account", account);
        }
        event.put("type", snapshotType());
        if (created != null) {
            event.put("created", created);
        }
        if (livemode != null) {
            event.put("livemode", livemode);
        }
        ObjectNode data = event.putObject("data");
        if (object == null) {
            data.putObject("object").put("id", objectId).put("object", kind);
        } else {
            data.putRawValue("object", new RawValue(new String(object, StandardCharsets.UTF_8)));
        }
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of ours is not JSON");
        }
    }

    private String snapshotType() {
        String bare = type.startsWith(OF_V1) ? type.substring(OF_V1.length()) : type;
        return EndpointRules.EVENTS.contains(bare) ? bare : type;
    }
}

package dev.quittance.contracts.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A webhook endpoint as Stripe's API tells it, as far as it must suit us.
 *
 * @param apiVersion null when it follows the account's own, which somebody may change
 * @param events types, or {@code *}
 */
public record StripeEndpoint(
        String id, String url, String status, @Nullable String apiVersion, boolean livemode, List<String> events) {
    static final String ALL = "*";
    static final String ENABLED = "enabled";

    private static final JsonMapper JSON = new JsonMapper();

    public StripeEndpoint {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(url, "url is null");
        Objects.requireNonNull(status, "status is null");
        events = List.copyOf(events);
    }

    /** Stripe's list of endpoints; nothing when these bytes are none. */
    public static List<StripeEndpoint> readList(byte[] answer) {
        try {
            List<StripeEndpoint> endpoints = new ArrayList<>();
            for (JsonNode each : JSON.readTree(answer).path("data")) {
                List<String> events = new ArrayList<>();
                each.path("enabled_events").forEach(type -> events.add(type.asText()));
                endpoints.add(new StripeEndpoint(
                        each.path("id").asText(),
                        each.path("url").asText(),
                        each.path("status").asText(),
                        each.path("api_version").textValue(),
                        each.path("livemode").asBoolean(),
                        events));
            }
            return endpoints;
        } catch (IOException e) {
            return List.of();
        }
    }

    boolean tells(String type) {
        return events.contains(ALL) || events.contains(type);
    }
}

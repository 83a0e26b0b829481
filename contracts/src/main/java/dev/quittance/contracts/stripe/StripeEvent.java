package dev.quittance.contracts.stripe;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;

/**
 * A Stripe event as a consumer reads it: the raw JSON behind tolerant accessors.
 *
 * @param account the connected account, or empty for the platform's own
 * @param created whole seconds, so no proof of order
 * @param object {@code data.object}; {@link StripeObject#none()} when the payload has none
 * @param previous {@code data.previous_attributes}
 */
public record StripeEvent(
        String id, String type, String account, Field<Instant> created, StripeObject object, StripeObject previous) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What came of reading bytes as an event. */
    public sealed interface Reading {
        record Read(StripeEvent event) implements Reading {}

        /**
         * @param code stable, quotes nothing of the input
         */
        record Unreadable(String code) implements Reading {}
    }

    /** What it says, under another type. */
    StripeEvent as(String other) {
        return new StripeEvent(id, other, account, created, object, previous);
    }

    /** Never throws. */
    public static Reading read(byte[] body) {
        JsonNode root;
        try {
            root = MAPPER.readTree(body);
        } catch (IOException e) {
            return new Reading.Unreadable("NOT_JSON");
        }
        if (root == null || !root.isObject()) {
            return new Reading.Unreadable("NOT_AN_OBJECT");
        }
        StripeObject event = new StripeObject(root);
        String id = event.id().orNull();
        String type = event.text("type").orNull();
        if (id == null || type == null) {
            return new Reading.Unreadable("NOT_AN_EVENT");
        }
        return new Reading.Read(new StripeEvent(
                id,
                type,
                event.id("account").orElse(""),
                event.time("created"),
                event.object("data.object"),
                event.object("data.previous_attributes")));
    }
}

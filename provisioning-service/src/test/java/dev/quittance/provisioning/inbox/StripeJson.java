package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Stripe's events as fixtures of our own, and records that carry them. */
record StripeJson(String id, String type, JsonObject body) {
    private static final long CREATED = Instant.parse("2026-03-01T10:00:00Z").getEpochSecond();

    static StripeJson of(String id, String type, long second, JsonObject object) {
        JsonObject body = new JsonObject()
                .put("id", id)
                .put("object", "event")
                .put("api_version", "2026-07-29.dahlia")
                .put("type", type)
                .put("created", CREATED + second)
                .put("livemode", false)
                .put("data", new JsonObject().put("object", object));
        return new StripeJson(id, type, body);
    }

    static JsonObject customer(String id) {
        return new JsonObject().put("id", id).put("object", "customer").put("metadata", new JsonObject());
    }

    /** A paid one. */
    static JsonObject session(String id) {
        return new JsonObject()
                .put("id", id)
                .put("object", "checkout.session")
                .put("mode", "payment")
                .put("status", "complete")
                .put("payment_status", "paid")
                .put("metadata", new JsonObject());
    }

    /** With the user in the object's metadata. */
    StripeJson named(UUID user) {
        object().getJsonObject("metadata").put("user_id", user.toString());
        return this;
    }

    JsonObject object() {
        return body.getJsonObject("data").getJsonObject("object");
    }

    byte[] bytes() {
        return body.encode().getBytes(StandardCharsets.UTF_8);
    }

    ConsumerRecord<String, byte[]> record(String prefix, long offset) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(prefix + Topics.STRIPE_EVENTS, 0, offset, "key", bytes());
        header(record, Headers.CE_ID, id);
        header(record, Headers.CE_TYPE, type);
        return record;
    }

    static ConsumerRecords<String, byte[]> records(List<ConsumerRecord<String, byte[]>> records) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> byPartition = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            byPartition
                    .computeIfAbsent(new TopicPartition(record.topic(), record.partition()), _ -> new ArrayList<>())
                    .add(record);
        }
        return new ConsumerRecords<>(byPartition, new HashMap<>());
    }

    static void header(ConsumerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

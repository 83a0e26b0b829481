package dev.quittance.billing.testing;

import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.testparts.EmbeddedParts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.ConfigProvider;

/** Events as they lie on the topics. */
public final class Events {
    private static final long CREATED = 1_760_000_000L;

    private Events() {}

    /** An event before it is a record. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Event(String topic, String id, String type, String key, byte[] body) {
        /** The same with something else in it. */
        public Event with(String text, String instead) {
            String changed = new String(body, StandardCharsets.UTF_8).replace(text, instead);
            return new Event(topic, id, type, key, changed.getBytes(StandardCharsets.UTF_8));
        }

        /** To send. */
        public ProducerRecord<String, byte[]> toSend() {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(prefix() + topic, key, body);
            headers(record.headers());
            return record;
        }

        ConsumerRecord<String, byte[]> received(long offset) {
            ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(prefix() + topic, 0, offset, key, body);
            headers(record.headers());
            return record;
        }

        private void headers(org.apache.kafka.common.header.Headers headers) {
            headers.add(Headers.CE_ID, id.getBytes(StandardCharsets.UTF_8));
            headers.add(Headers.CE_TYPE, type.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One of Stripe's. */
    public static Event stripe(String id, String type, int second, String object) {
        String body = """
                {"id":"%s","object":"event","type":"%s","created":%d,"livemode":false,"data":{"object":%s}}""".formatted(id, type, CREATED + second, object);
        return new Event(Topics.STRIPE_EVENTS, id, type, "/cus_1", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Provisioning's word on whose a session is. */
    public static Event identity(String session, UUID user, String accountNumber) {
        CustomerProvisioned event =
                new CustomerProvisioned(user, accountNumber, "", "cus_1", session, Instant.ofEpochSecond(CREATED));
        return new Event(
                Topics.PROVISIONING_EVENTS, "p-" + session, event.type(), user.toString(), EventCodec.write(event));
    }

    /** A paid checkout's events that billing acts on. The name makes their ids. */
    public static List<Event> purchase(String name, UUID user, String sessionExtra) {
        String intent = """
                {"id":"pi_%1$s","object":"payment_intent","amount":1500,"amount_received":%2$s,"currency":"eur",
                 "status":"%3$s","customer":"cus_1","created":1760000000}""";
        String charge = """
                {"id":"ch_%1$s","object":"charge","amount":1500,"amount_captured":1500,"amount_refunded":0,
                 "currency":"eur","paid":true,"captured":true,"status":"succeeded","payment_intent":"pi_%1$s",
                 "customer":"cus_1","created":1760000001,"balance_transaction":%2$s}""";
        String session = """
                {"id":"cs_%1$s","object":"checkout.session","mode":"payment","status":"complete",
                 "payment_status":"paid","payment_intent":"pi_%1$s","customer":"cus_1","amount_total":1500,
                 "currency":"eur","created":1760000000,%2$s}""";
        String fee = "{\"id\":\"txn_%s\",\"fee\":69,\"currency\":\"eur\"}".formatted(name);
        return List.of(
                stripe(
                        "evt_a_" + name,
                        "payment_intent.created",
                        0,
                        intent.formatted(name, "0", "requires_payment_method")),
                stripe("evt_b_" + name, "payment_intent.succeeded", 1, intent.formatted(name, "1500", "succeeded")),
                stripe("evt_c_" + name, "charge.succeeded", 1, charge.formatted(name, "null")),
                stripe("evt_d_" + name, "checkout.session.completed", 2, session.formatted(name, sessionExtra)),
                stripe("evt_e_" + name, "charge.updated", 3, charge.formatted(name, fee)),
                identity("cs_" + name, user, "4000000000000002"));
    }

    /** A poll. */
    public static ConsumerRecords<String, byte[]> poll(List<Event> events) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
        long offset = 0;
        for (Event event : events) {
            ConsumerRecord<String, byte[]> record = event.received(offset++);
            records.computeIfAbsent(new TopicPartition(record.topic(), 0), _ -> new ArrayList<>())
                    .add(record);
        }
        return new ConsumerRecords<>(records, Map.of());
    }

    /** What stands before this application's topics. */
    public static String prefix() {
        return ConfigProvider.getConfig().getValue(EmbeddedParts.TOPIC_PREFIX, String.class);
    }
}

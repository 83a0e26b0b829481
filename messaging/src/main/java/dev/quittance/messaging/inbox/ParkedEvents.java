package dev.quittance.messaging.inbox;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.messaging.parked.ParkedStore.ParkedEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A parked event in its three forms: a row that waits, what a handler gets, and a record for a dead letter topic. */
final class ParkedEvents {
    private ParkedEvents() {}

    static ParkedEvent of(Effects.Parked waiting) {
        Incoming incoming = waiting.incoming();
        return new ParkedEvent(
                0,
                incoming.id().account(),
                incoming.id().id(),
                incoming.type(),
                incoming.topic(),
                incoming.key(),
                incoming.body(),
                incoming.digest(),
                incoming.traceparent(),
                waiting.waitsFor(),
                waiting.reason());
    }

    static Incoming incoming(ParkedEvent event) {
        return new Incoming(
                new EventId(event.account(), event.eventId()),
                event.type(),
                event.topic(),
                event.key(),
                event.body(),
                event.digest(),
                event.traceparent());
    }

    static ConsumerRecord<String, byte[]> record(ParkedEvent event) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(event.topic(), -1, -1, event.key(), event.body());
        header(record, Headers.CE_ID, event.eventId());
        header(record, Headers.CE_TYPE, event.type());
        header(record, Headers.STRIPE_ACCOUNT, event.account());
        return record;
    }

    private static void header(ConsumerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

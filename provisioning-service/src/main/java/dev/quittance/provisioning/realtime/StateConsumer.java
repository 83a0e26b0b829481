package dev.quittance.provisioning.realtime;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.topic.Headers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Keeps how things stand, beside the inbox and in a consumer group of its own: a state knows its revision, so writing it twice or
 * late is no matter, and nothing here holds up what moves value.
 */
@ApplicationScoped
public class StateConsumer {
    private static final Duration BACKOFF_MIN = Duration.ofMillis(200);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(10);

    private final StreamStateStore states;

    StateConsumer(StreamStateStore states) {
        this.states = requireNonNull(states, "states is null");
    }

    @Incoming("stream-provisioning-events")
    public Uni<Void> onProvisioningEvents(ConsumerRecords<String, byte[]> records) {
        return keep(records);
    }

    @Incoming("stream-billing-events")
    public Uni<Void> onBillingEvents(ConsumerRecords<String, byte[]> records) {
        return keep(records);
    }

    @Incoming("stream-voucher-events")
    public Uni<Void> onVoucherEvents(ConsumerRecords<String, byte[]> records) {
        return keep(records);
    }

    private Uni<Void> keep(ConsumerRecords<String, byte[]> records) {
        List<StreamState> read = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            Header type = record.headers().lastHeader(Headers.CE_TYPE);
            if (type != null && record.value() != null) {
                try {
                    StreamState.of(EventCodec.read(new String(type.value(), StandardCharsets.UTF_8), record.value()))
                            .ifPresent(read::add);
                } catch (UnreadableEvent _) {
                    // Whoever must act on it has a dead letter topic; here there is nothing to show.
                    continue;
                }
            }
        }
        return Uni.createFrom()
                .deferred(() -> states.upsert(read))
                .onFailure()
                .retry()
                .withBackOff(BACKOFF_MIN, BACKOFF_MAX)
                .indefinitely();
    }
}

package dev.quittance.voucher.inbox;

import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.voucher.config.Channels;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands every poll of either topic to the inbox. */
@ApplicationScoped
class VoucherConsumer {
    private final Inbox<VoucherFact> inbox;

    VoucherConsumer(Inboxes inboxes, VoucherEventsHandler handler) {
        this.inbox = inboxes.inbox(handler);
    }

    @Incoming(Channels.BILLING_EVENTS)
    Uni<Void> onBillingEvents(ConsumerRecords<String, byte[]> records) {
        return inbox.process(records);
    }

    @Incoming(Channels.PROVISIONING_EVENTS)
    Uni<Void> onProvisioningEvents(ConsumerRecords<String, byte[]> records) {
        return inbox.process(records);
    }
}

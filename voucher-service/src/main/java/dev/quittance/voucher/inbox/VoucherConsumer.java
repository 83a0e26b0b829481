package dev.quittance.voucher.inbox;

import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.messaging.inbox.Lane;
import dev.quittance.voucher.config.Channels;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Hands every poll of either topic to the inbox. */
@ApplicationScoped
class VoucherConsumer {
    private final Lane<VoucherFact> billingEvents;
    private final Lane<VoucherFact> provisioningEvents;

    VoucherConsumer(Inboxes inboxes, VoucherEventsHandler handler) {
        Inbox<VoucherFact> inbox = inboxes.inbox(handler);
        this.billingEvents = inbox.lane();
        this.provisioningEvents = inbox.lane();
    }

    @Incoming(Channels.BILLING_EVENTS)
    Uni<Void> onBillingEvents(Message<ConsumerRecords<String, byte[]>> poll) {
        return billingEvents.take(poll);
    }

    @Incoming(Channels.PROVISIONING_EVENTS)
    Uni<Void> onProvisioningEvents(Message<ConsumerRecords<String, byte[]>> poll) {
        return provisioningEvents.take(poll);
    }
}

package dev.quittance.provisioning.inbox;

import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The doors. Both lead to one inbox, since what comes by one may wait for what comes by the other. */
@ApplicationScoped
public class ProvisioningConsumer {
    private final Inbox<ProvisioningFact> inbox;

    ProvisioningConsumer(Inboxes inboxes, ProvisioningHandler handler) {
        this.inbox = inboxes.inbox(handler);
    }

    @Incoming(Channels.STRIPE_EVENTS)
    public Uni<Void> onStripeEvents(ConsumerRecords<String, byte[]> records) {
        return inbox.process(records);
    }

    @Incoming(Channels.VOUCHER_EVENTS)
    public Uni<Void> onVoucherEvents(ConsumerRecords<String, byte[]> records) {
        return inbox.process(records);
    }
}

package dev.quittance.provisioning.inbox;

import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.messaging.inbox.Lane;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The doors. All lead to one inbox, since what comes by one may wait for what comes by the other. */
@ApplicationScoped
public class ProvisioningConsumer {
    private final Lane<ProvisioningFact> stripeEvents;
    private final Lane<ProvisioningFact> billingEvents;
    private final Lane<ProvisioningFact> voucherEvents;

    ProvisioningConsumer(Inboxes inboxes, ProvisioningHandler handler) {
        Inbox<ProvisioningFact> inbox = inboxes.inbox(handler);
        this.stripeEvents = inbox.lane();
        this.billingEvents = inbox.lane();
        this.voucherEvents = inbox.lane();
    }

    @Incoming(Channels.STRIPE_EVENTS)
    public Uni<Void> onStripeEvents(Message<ConsumerRecords<String, byte[]>> poll) {
        return stripeEvents.take(poll);
    }

    @Incoming(Channels.BILLING_EVENTS)
    public Uni<Void> onBillingEvents(Message<ConsumerRecords<String, byte[]>> poll) {
        return billingEvents.take(poll);
    }

    @Incoming(Channels.VOUCHER_EVENTS)
    public Uni<Void> onVoucherEvents(Message<ConsumerRecords<String, byte[]>> poll) {
        return voucherEvents.take(poll);
    }
}

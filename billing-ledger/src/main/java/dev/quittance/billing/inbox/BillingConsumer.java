package dev.quittance.billing.inbox;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.lookup.LookupJob;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.messaging.inbox.Lane;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The doors: every poll of any topic is one transaction. */
@ApplicationScoped
public class BillingConsumer {
    private final Lane<BillingFact> stripeEvents;
    private final Lane<BillingFact> provisioningEvents;
    private final Lane<BillingFact> voucherEvents;

    BillingConsumer(Inboxes inboxes, BatchHandler<BillingFact> handler, LookupJob lookups) {
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        this.stripeEvents = inbox.lane(lookups::wake);
        this.provisioningEvents = inbox.lane(lookups::wake);
        this.voucherEvents = inbox.lane(lookups::wake);
    }

    @Incoming(Channels.STRIPE_EVENTS)
    Uni<Void> onStripeEvents(Message<ConsumerRecords<String, byte[]>> poll) {
        return stripeEvents.take(poll);
    }

    @Incoming(Channels.PROVISIONING_EVENTS)
    Uni<Void> onProvisioningEvents(Message<ConsumerRecords<String, byte[]>> poll) {
        return provisioningEvents.take(poll);
    }

    @Incoming(Channels.VOUCHER_EVENTS)
    Uni<Void> onVoucherEvents(Message<ConsumerRecords<String, byte[]>> poll) {
        return voucherEvents.take(poll);
    }
}

package dev.quittance.billing.inbox;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.lookup.LookupJob;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The doors: every poll of either topic is one transaction. */
@ApplicationScoped
public class BillingConsumer {
    private final Inbox<BillingFact> inbox;
    private final LookupJob lookups;

    BillingConsumer(Inboxes inboxes, BatchHandler<BillingFact> handler, LookupJob lookups) {
        this.inbox = inboxes.inbox(handler);
        this.lookups = lookups;
    }

    @Incoming(Channels.STRIPE_EVENTS)
    Uni<Void> onStripeEvents(ConsumerRecords<String, byte[]> records) {
        return process(records);
    }

    @Incoming(Channels.PROVISIONING_EVENTS)
    Uni<Void> onProvisioningEvents(ConsumerRecords<String, byte[]> records) {
        return process(records);
    }

    private Uni<Void> process(ConsumerRecords<String, byte[]> records) {
        return inbox.process(records).invoke(lookups::wake);
    }
}

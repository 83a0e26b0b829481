package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import dev.quittance.messaging.inbox.Effects;
import dev.quittance.provisioning.customer.CustomerChanges;
import dev.quittance.provisioning.customer.CustomerDeletion;
import dev.quittance.provisioning.customer.CustomerDetailStore;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.Evidence;
import dev.quittance.provisioning.inbox.ArrivalHandler;
import dev.quittance.provisioning.mismatch.LinkHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes down what Stripe answered of a customer, with the events that waited for it. */
@ApplicationScoped
public class CustomerHandler {
    private final ArrivalHandler arrivals;
    private final LinkHandler links;
    private final InstantSource clock;
    private final CustomerDetailStore details = new CustomerDetailStore();

    CustomerHandler(ArrivalHandler arrivals, LinkHandler links, InstantSource clock) {
        this.arrivals = requireNonNull(arrivals, "arrivals is null");
        this.links = requireNonNull(links, "links is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The customer was made for the user. */
    Uni<Void> made(CustomerKey customer, UUID userId) {
        return arrivals.arrive(
                Set.of(customer.subject()),
                transaction ->
                        links.link(transaction, Map.of(customer, userId), Evidence.CUSTOMER, "made-for-checkout"));
    }

    /** The customer was deleted, and nobody told us. */
    Uni<Void> deleted(CustomerKey customer) {
        CustomerChanges changes = new CustomerChanges();
        changes.add(new CustomerDeletion(customer, clock.instant().truncatedTo(ChronoUnit.MICROS), "check"));
        return arrivals.arrive(
                Set.of(customer.subject()),
                transaction -> details.flush(transaction, changes).map(_ -> new Effects()));
    }
}

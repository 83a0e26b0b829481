package dev.quittance.provisioning.inbox;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.provisioning.customer.CustomerChanges;
import dev.quittance.provisioning.customer.CustomerDeletion;
import dev.quittance.provisioning.customer.CustomerDetailStore;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.identity.AnnouncementRules;
import dev.quittance.provisioning.identity.ContactHint;
import dev.quittance.provisioning.identity.HintStore;
import dev.quittance.provisioning.identity.IdentityRules;
import dev.quittance.provisioning.identity.IdentityStore;
import dev.quittance.provisioning.identity.IdentityWriteStore;
import dev.quittance.provisioning.identity.Interest;
import dev.quittance.provisioning.identity.Minting;
import dev.quittance.provisioning.identity.Outcome;
import dev.quittance.provisioning.identity.SessionFact;
import dev.quittance.provisioning.identity.WorkingSet;
import dev.quittance.provisioning.subscription.SubscriptionFact;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A batch's customers, sessions and payment methods: whose everything is, which the rest of the batch builds on. */
final class IdentityHandler {
    private static final Logger LOG = Logger.getLogger(IdentityHandler.class);

    private final Minting minting;
    private final IdentityStore identities = new IdentityStore();
    private final IdentityWriteStore writes = new IdentityWriteStore();
    private final HintStore hints = new HintStore();
    private final CustomerDetailStore customers = new CustomerDetailStore();
    private final Counter aliases;

    IdentityHandler(Minting minting, MeterRegistry metrics) {
        this.minting = requireNonNull(minting, "minting is null");
        this.aliases = metrics.counter("provisioning.customers.aliased");
    }

    Uni<Void> apply(SqlConnection transaction, List<Delivered<ProvisioningFact>> batch, Effects effects, Instant now) {
        List<ContactHint> heard = batch.stream()
                .flatMap(delivered -> delivered.fact().hints().stream())
                .toList();
        return hints.needed(transaction, heard).chain(needed -> {
            Interest interest = new Interest();
            CustomerChanges changes = new CustomerChanges();
            heard.stream().filter(hint -> needed.contains(hint.key())).forEach(interest::add);
            boolean isOurs = gather(batch, interest, changes) || !needed.isEmpty();
            return isOurs
                    ? apply(transaction, new Work(batch, needed, interest, changes), effects, now)
                    : Uni.createFrom().voidItem();
        });
    }

    /** What a batch says of customers; of the hints only those that somebody still needs. */
    private record Work(
            List<Delivered<ProvisioningFact>> batch,
            Set<ContactHint.Reference> needed,
            Interest interest,
            CustomerChanges changes) {}

    private Uni<Void> apply(SqlConnection transaction, Work work, Effects effects, Instant now) {
        WorkingSet set = new WorkingSet(now, minting);
        Uni<Void> loaded = work.interest().isEmpty()
                ? Uni.createFrom().voidItem()
                : identities.load(transaction, work.interest(), set);
        return loaded.invoke(() -> fold(work, set, effects))
                .chain(() -> writes.flush(transaction, set))
                .chain(() -> customers.flush(transaction, work.changes()))
                .invoke(() -> alert(set.aliases()));
    }

    private static boolean gather(List<Delivered<ProvisioningFact>> batch, Interest interest, CustomerChanges changes) {
        boolean isOurs = false;
        for (Delivered<ProvisioningFact> delivered : batch) {
            CustomerKey subscriber = subscriber(delivered);
            if (subscriber != null) {
                interest.add(subscriber);
                isOurs = true;
            } else if (delivered.fact() instanceof ProvisioningFact.CustomerSeen seen) {
                interest.add(seen.customer());
                isOurs = true;
            } else if (delivered.fact() instanceof ProvisioningFact.SessionCompleted(SessionFact session)) {
                interest.add(session);
                isOurs = true;
            } else if (delivered.fact() instanceof ProvisioningFact.CustomerGone(CustomerDeletion deletion)) {
                changes.add(deletion);
                isOurs = true;
            } else if (delivered.fact() instanceof ProvisioningFact.PaymentMethodSeen seen) {
                changes.add(seen.method());
                isOurs = true;
            }
        }
        return isOurs;
    }

    private void alert(long count) {
        if (count > 0) {
            aliases.increment(count);
            LOG.warnf("outcome=customer-aliased count=%d", count);
        }
    }

    private static void fold(Work work, WorkingSet set, Effects effects) {
        CustomerChanges changes = work.changes();
        IdentityRules rules = new IdentityRules(set);
        Map<String, Incoming> causes = new HashMap<>();
        for (Delivered<ProvisioningFact> delivered : work.batch()) {
            Incoming incoming = delivered.incoming();
            causes.put(incoming.id().id(), incoming);
            set.begin(incoming.id().id());
            delivered.fact().hints().stream()
                    .filter(hint -> work.needed().contains(hint.key()))
                    .forEach(rules::hint);
            if (delivered.fact() instanceof ProvisioningFact.CustomerSeen seen) {
                note(effects, incoming, rules.customer(seen.customer()));
                changes.add(seen.detail());
            } else if (delivered.fact() instanceof ProvisioningFact.SessionCompleted(SessionFact session)) {
                note(effects, incoming, rules.session(session));
            }
        }
        vouch(work, set);
        set.tellLinks(changes);
        set.told()
                .forEach(told -> effects.emit(
                        requireNonNull(causes.get(told.eventId())),
                        told.event().event(),
                        told.event().businessKey()));
        set.arrived().forEach(effects::arrived);
    }

    /** Once it is known whose everything of the batch is. */
    private static void vouch(Work work, WorkingSet set) {
        AnnouncementRules rules = new AnnouncementRules(set);
        for (Delivered<ProvisioningFact> delivered : work.batch()) {
            CustomerKey customer = subscriber(delivered);
            if (customer != null) {
                set.begin(delivered.incoming().id().id());
                rules.vouchFor(customer);
            }
        }
    }

    /** Whose a listed subscription is; null for all else. */
    private static @Nullable CustomerKey subscriber(Delivered<ProvisioningFact> delivered) {
        return StripeSnapshot.isType(delivered.incoming().type())
                        && delivered.fact() instanceof ProvisioningFact.SubscriptionSeen(SubscriptionFact subscription)
                ? subscription.customer()
                : null;
    }

    private static void note(Effects effects, Incoming incoming, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied() -> {}
            case Outcome.Waits waits -> effects.park(incoming, waits.subject(), waits.reason());
        }
    }
}

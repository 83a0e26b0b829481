package dev.quittance.provisioning.mismatch;

import static java.util.Objects.requireNonNull;

import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.EventId;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.provisioning.customer.CustomerChanges;
import dev.quittance.provisioning.customer.CustomerDetailStore;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.Evidence;
import dev.quittance.provisioning.identity.IdentityRules;
import dev.quittance.provisioning.identity.IdentityStore;
import dev.quittance.provisioning.identity.IdentityWriteStore;
import dev.quittance.provisioning.identity.Interest;
import dev.quittance.provisioning.identity.Minting;
import dev.quittance.provisioning.identity.WorkingSet;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** Links customers to the users that somebody named, within a transaction that somebody else began. */
@ApplicationScoped
public class LinkHandler {
    private static final byte[] NOTHING = new byte[0];

    private final Minting minting;
    private final InstantSource clock;
    private final IdentityStore identities = new IdentityStore();
    private final IdentityWriteStore identityWrites = new IdentityWriteStore();
    private final CustomerDetailStore customers = new CustomerDetailStore();

    LinkHandler(Minting minting, InstantSource clock) {
        this.minting = requireNonNull(minting, "minting is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * @param why what the history names as the cause, such as {@code decision:cus_1}
     * @return what others are to hear, and what may go on
     */
    public Uni<Effects> link(SqlConnection transaction, Map<CustomerKey, UUID> links, Evidence evidence, String why) {
        Effects effects = new Effects();
        WorkingSet set = new WorkingSet(clock.instant().truncatedTo(ChronoUnit.MICROS), minting);
        Interest interest = new Interest();
        links.forEach(interest::add);
        Incoming cause = new Incoming(new EventId("", why), "decision", "", null, NOTHING, NOTHING, null);
        return identities.load(transaction, interest, set).chain(() -> {
            set.begin(why);
            IdentityRules rules = new IdentityRules(set);
            links.forEach((customer, userId) -> rules.decide(customer, userId, evidence));
            CustomerChanges changes = new CustomerChanges();
            set.tellLinks(changes);
            set.told()
                    .forEach(told -> effects.emit(
                            cause, told.event().event(), told.event().businessKey()));
            set.arrived().forEach(effects::arrived);
            return identityWrites
                    .flush(transaction, set)
                    .chain(() -> customers.flush(transaction, changes))
                    .replaceWith(effects);
        });
    }
}

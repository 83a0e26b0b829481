package dev.quittance.provisioning.mismatch;

import static java.util.Objects.requireNonNull;

import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.EventId;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.provisioning.customer.CustomerChanges;
import dev.quittance.provisioning.customer.CustomerDetailStore;
import dev.quittance.provisioning.identity.IdentityRules;
import dev.quittance.provisioning.identity.IdentityStore;
import dev.quittance.provisioning.identity.IdentityWriteStore;
import dev.quittance.provisioning.identity.Interest;
import dev.quittance.provisioning.identity.Minting;
import dev.quittance.provisioning.identity.WorkingSet;
import dev.quittance.provisioning.inbox.ArrivalHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One decision, one transaction: it is written down, the link follows it, and what waited for it is applied. */
@ApplicationScoped
public class DecisionHandler {
    private static final byte[] NOTHING = new byte[0];

    private final MismatchStore mismatches;
    private final ArrivalHandler arrivals;
    private final Minting minting;
    private final InstantSource clock;
    private final IdentityStore identities = new IdentityStore();
    private final IdentityWriteStore identityWrites = new IdentityWriteStore();
    private final CustomerDetailStore customers = new CustomerDetailStore();

    DecisionHandler(MismatchStore mismatches, ArrivalHandler arrivals, Minting minting, InstantSource clock) {
        this.mismatches = requireNonNull(mismatches, "mismatches is null");
        this.arrivals = requireNonNull(arrivals, "arrivals is null");
        this.minting = requireNonNull(minting, "minting is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    Uni<DecisionOutcome> decide(long mismatchId, Decision decision) {
        return mismatches.find(mismatchId).chain(found -> found.map(mismatch -> decide(mismatchId, mismatch, decision))
                .orElseGet(() -> Uni.createFrom().item(DecisionOutcome.MISMATCH_GONE)));
    }

    private Uni<DecisionOutcome> decide(long mismatchId, QueuedMismatch mismatch, Decision decision) {
        switch (DecisionRules.verdict(mismatch, decision)) {
            case USER_NEEDED -> {
                return Uni.createFrom().item(DecisionOutcome.USER_NEEDED);
            }
            case ALREADY_SETTLED -> {
                return Uni.createFrom().item(DecisionOutcome.ALREADY_SETTLED);
            }
            case ALLOWED -> {}
        }
        AtomicReference<DecisionOutcome> outcome = new AtomicReference<>(DecisionOutcome.MISMATCH_GONE);
        return arrivals.arrive(
                        Set.of(mismatch.arrival()),
                        transaction -> apply(transaction, mismatchId, mismatch, decision, outcome))
                .replaceWith(outcome::get);
    }

    private Uni<Effects> apply(
            SqlConnection transaction,
            long mismatchId,
            QueuedMismatch mismatch,
            Decision decision,
            AtomicReference<DecisionOutcome> outcome) {
        @Nullable UUID userId = decision.assignTo();
        Uni<Boolean> known = userId == null
                ? Uni.createFrom().item(true)
                : mismatches.userExists(transaction, userId);
        return known.chain(isKnown -> {
            if (!isKnown) {
                outcome.set(DecisionOutcome.USER_UNKNOWN);
                return Uni.createFrom().item(new Effects());
            }
            return mismatches.take(transaction, mismatchId).chain(taken -> {
                if (taken.isEmpty()) {
                    outcome.set(DecisionOutcome.MISMATCH_GONE);
                    return Uni.createFrom().item(new Effects());
                }
                outcome.set(DecisionOutcome.DONE);
                return mismatches
                        .append(transaction, mismatch, decision)
                        .chain(() -> userId == null
                                ? Uni.createFrom().item(new Effects())
                                : assign(transaction, mismatch, userId));
            });
        });
    }

    private Uni<Effects> assign(SqlConnection transaction, QueuedMismatch mismatch, UUID userId) {
        Effects effects = new Effects();
        effects.arrived(mismatch.arrival());
        if (!mismatch.isAboutCustomer()) {
            return Uni.createFrom().item(effects);
        }
        WorkingSet set = new WorkingSet(clock.instant().truncatedTo(ChronoUnit.MICROS), minting);
        Interest interest = new Interest();
        interest.add(mismatch.customer(), userId);
        Incoming cause = cause(mismatch);
        return identities.load(transaction, interest, set).chain(() -> {
            set.begin(cause.id().id());
            new IdentityRules(set).decide(mismatch.customer(), userId);
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

    private static Incoming cause(QueuedMismatch mismatch) {
        EventId id = new EventId(mismatch.stripeAccount(), "decision:" + mismatch.subject());
        return new Incoming(id, "decision", "", null, NOTHING, NOTHING, null);
    }
}

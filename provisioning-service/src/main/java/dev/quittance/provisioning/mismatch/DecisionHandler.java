package dev.quittance.provisioning.mismatch;

import static java.util.Objects.requireNonNull;

import dev.quittance.messaging.inbox.Effects;
import dev.quittance.provisioning.customer.Evidence;
import dev.quittance.provisioning.inbox.ArrivalHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One decision, one transaction: it is written down, the link follows it, and what waited for it is applied. */
@ApplicationScoped
public class DecisionHandler {
    private final MismatchStore mismatches;
    private final ArrivalHandler arrivals;
    private final LinkHandler links;

    DecisionHandler(MismatchStore mismatches, ArrivalHandler arrivals, LinkHandler links) {
        this.mismatches = requireNonNull(mismatches, "mismatches is null");
        this.arrivals = requireNonNull(arrivals, "arrivals is null");
        this.links = requireNonNull(links, "links is null");
    }

    Uni<DecisionOutcome> decide(long mismatchId, Decision decision) {
        return mismatches
                .find(mismatchId)
                .chain(found -> found.map(mismatch -> decide(mismatchId, mismatch, decision))
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
        Uni<Boolean> known = userId == null ? Uni.createFrom().item(true) : mismatches.userExists(transaction, userId);
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
        if (mismatch.isAboutCustomer()) {
            return links.link(
                            transaction,
                            Map.of(mismatch.customer(), userId),
                            Evidence.OPERATOR,
                            "decision:" + mismatch.subject())
                    .invoke(effects -> effects.arrived(mismatch.arrival()));
        }
        Effects effects = new Effects();
        effects.arrived(mismatch.arrival());
        return Uni.createFrom().item(effects);
    }
}

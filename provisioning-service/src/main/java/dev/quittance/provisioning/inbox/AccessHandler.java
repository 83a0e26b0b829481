package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.provisioning.AccessChanged;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.provisioning.access.AccessStore;
import dev.quittance.provisioning.access.AccessTellingHandler;
import dev.quittance.provisioning.access.HoldFact;
import dev.quittance.provisioning.access.Policy;
import dev.quittance.provisioning.access.ReversalFact;
import dev.quittance.provisioning.access.ReversalStore;
import dev.quittance.provisioning.access.ReversalStore.Anchor;
import dev.quittance.provisioning.account.TimeMove;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a batch holds against accounts, what payments went back, and what access becomes of all that the batch changed. */
final class AccessHandler {
    private final AccessStore store = new AccessStore();
    private final ReversalStore reversals = new ReversalStore();
    private final AccessTellingHandler telling;

    AccessHandler(Policy policy) {
        this.telling = new AccessTellingHandler(policy);
    }

    /** Keeps the holds. An account that is not there yet is waited for. */
    Uni<Void> hold(SqlConnection transaction, List<Delivered<ProvisioningFact>> batch, Touched touched) {
        List<Caused<HoldFact>> holds =
                Caused.of(batch, fact -> fact instanceof ProvisioningFact.PaymentDoubted(HoldFact hold) ? hold : null);
        if (holds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.known(
                        transaction,
                        holds.stream().map(hold -> hold.what().accountNumber()).collect(Collectors.toSet()))
                .chain(known -> {
                    List<HoldFact> ready = new ArrayList<>();
                    for (Caused<HoldFact> hold : holds) {
                        if (known.contains(hold.what().accountNumber())) {
                            ready.add(hold.what());
                            touched.add(hold.what().accountNumber(), hold.incoming());
                        } else {
                            touched.effects().park(hold.incoming(), hold.what().accountSubject(), "unknown-account");
                        }
                    }
                    return store.hold(transaction, ready);
                });
    }

    /** Keeps the reversals; what they do to time that was given before, or in this batch. */
    Uni<List<Caused<TimeMove>>> reverse(
            SqlConnection transaction, List<Delivered<ProvisioningFact>> batch, List<Caused<TimeMove>> paid) {
        List<Caused<ReversalFact>> facts = Caused.of(
                batch,
                fact -> fact instanceof ProvisioningFact.PaymentReturned(ReversalFact reversal) ? reversal : null);
        Map<Anchor, Incoming> causes = new LinkedHashMap<>();
        paid.forEach(move -> {
            TimeMove.Invoice invoice = move.what().invoice();
            if (invoice != null) {
                causes.put(new Anchor(invoice.stripeAccount(), invoice.invoiceId()), move.incoming());
            }
        });
        facts.forEach(fact ->
                causes.put(new Anchor(fact.what().stripeAccount(), fact.what().anchor()), fact.incoming()));
        return reversals
                .insert(transaction, facts.stream().map(Caused::what).toList())
                .chain(() -> reversals.moves(transaction, causes.keySet()))
                .map(moves -> moves.stream()
                        .flatMap(move -> caused(move, causes).stream())
                        .toList());
    }

    private static List<Caused<TimeMove>> caused(TimeMove move, Map<Anchor, Incoming> causes) {
        TimeMove.Invoice invoice = move.invoice();
        Incoming cause = invoice == null ? null : causes.get(new Anchor(invoice.stripeAccount(), invoice.invoiceId()));
        return cause == null ? List.of() : List.of(new Caused<>(cause, move));
    }

    /** Derives access anew wherever something changed. */
    Uni<Void> review(SqlConnection transaction, Touched touched, Instant now) {
        return telling.review(transaction, touched.accounts(), now)
                .invoke(changes -> changes.forEach(change -> tell(touched, change)))
                .replaceWithVoid();
    }

    private static void tell(Touched touched, AccessChanged change) {
        touched.effects().emit(touched.cause(change.accountNumber()), change, AccessTellingHandler.businessKey(change));
    }
}

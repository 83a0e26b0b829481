package dev.quittance.billing.reversal;

import dev.quittance.billing.fact.PaymentConcern;
import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.posting.Shards;
import dev.quittance.billing.reversal.Reversal.Change;
import dev.quittance.billing.reversal.Reversal.HoldChange;
import dev.quittance.billing.reversal.ReversalStore.Charge;
import dev.quittance.billing.reversal.ReversalStore.Decided;
import dev.quittance.billing.reversal.ReversalStore.Payment;
import dev.quittance.billing.wallet.WalletMove;
import dev.quittance.contracts.billing.HoldReleased;
import dev.quittance.contracts.billing.PaymentHeld;
import dev.quittance.contracts.billing.PaymentReversed;
import dev.quittance.contracts.billing.ReversalUndone;
import dev.quittance.contracts.money.Money;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets what befell payments take from what they settled, in whichever order the two become known: asked both when something
 * befalls a payment and when a purchase is settled, each under the purchase's lock and after its own writing.
 */
@ApplicationScoped
public class Reverser {
    private final ReversalStore store;
    private final StandingStore standings;
    private final SurplusStore surpluses;

    Reverser(ReversalStore store, StandingStore standings, SurplusStore surpluses) {
        this.store = store;
        this.standings = standings;
        this.surpluses = surpluses;
    }

    /** A purchase that was settled in this batch. */
    public record Settled(String anchor, Incoming cause) {}

    /** One pass over a batch. */
    private static final class Pass {
        final Effects effects;
        final List<Posting> postings;
        final Map<Payment, Incoming> payments = new LinkedHashMap<>();
        final Map<String, Incoming> anchors = new LinkedHashMap<>();
        final Set<String> locked = new HashSet<>();

        Pass(Effects effects, List<Posting> postings) {
            this.effects = effects;
            this.postings = postings;
        }
    }

    /**
     * What is taken from the users and given back to them. Effects gets the parked events and the news, postings what else is
     * booked.
     */
    public Uni<List<WalletMove>> apply(
            SqlConnection transaction,
            List<Touched> touched,
            List<Credited> credited,
            List<Settled> settled,
            Effects effects,
            List<Posting> postings) {
        if (touched.isEmpty() && credited.isEmpty() && settled.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Pass pass = new Pass(effects, postings);
        settled.forEach(one -> pass.anchors.put(one.anchor(), one.cause()));
        credited.forEach(one -> pass.anchors.putIfAbsent(one.invoiceId(), one.incoming()));
        return payments(transaction, touched, pass)
                .chain(() -> lock(transaction, pass))
                .chain(() -> findAnchors(transaction, pass))
                .chain(() -> lock(transaction, pass))
                .chain(() -> pass.anchors.isEmpty()
                        ? Uni.createFrom().item(List.<Standing>of())
                        : standings.load(transaction, pass.anchors.keySet()))
                .chain(loaded -> decide(transaction, loaded, pass));
    }

    private Uni<Void> payments(SqlConnection transaction, List<Touched> touched, Pass pass) {
        Map<Charge, List<Incoming>> unlinked = new LinkedHashMap<>();
        for (Touched one : touched) {
            PaymentConcern concern = one.concern();
            if (concern.paymentIntentId() != null) {
                pass.payments.putIfAbsent(new Payment(concern.account(), concern.paymentIntentId()), one.incoming());
            } else if (concern.chargeId() != null) {
                unlinked.computeIfAbsent(new Charge(concern.account(), concern.chargeId()), _ -> new ArrayList<>())
                        .add(one.incoming());
            }
        }
        if (unlinked.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.link(transaction, unlinked.keySet())
                .invoke(intents -> unlinked.forEach((charge, causes) -> {
                    Optional<String> intent = intents.get(charge);
                    if (intent == null) {
                        causes.forEach(cause -> pass.effects.park(
                                cause, Subjects.charge(charge.account(), charge.id()), "CHARGE_NOT_SEEN"));
                    } else {
                        intent.ifPresent(
                                id -> pass.payments.putIfAbsent(new Payment(charge.account(), id), causes.getFirst()));
                    }
                }))
                .replaceWithVoid();
    }

    private Uni<Void> lock(SqlConnection transaction, Pass pass) {
        Set<String> ids = new LinkedHashSet<>(pass.anchors.keySet());
        pass.payments.keySet().forEach(payment -> ids.add(payment.intentId()));
        ids.removeAll(pass.locked);
        pass.locked.addAll(ids);
        return ids.isEmpty() ? Uni.createFrom().voidItem() : store.lock(transaction, ids);
    }

    private Uni<Void> findAnchors(SqlConnection transaction, Pass pass) {
        if (pass.payments.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.anchors(transaction, pass.payments.keySet())
                .invoke(found -> found.forEach((payment, anchors) -> {
                    Incoming cause = pass.payments.get(payment);
                    if (cause != null) {
                        anchors.forEach(anchor -> pass.anchors.putIfAbsent(anchor, cause));
                    }
                }))
                .replaceWithVoid();
    }

    private Uni<List<WalletMove>> decide(SqlConnection transaction, List<Standing> loaded, Pass pass) {
        List<Decided> decided = new ArrayList<>();
        List<WalletMove> moves = new ArrayList<>();
        List<SurplusRules.Change> surplus = new ArrayList<>();
        for (Standing standing : loaded) {
            Reversal reversal = ReversalRules.decide(standing);
            Incoming cause = pass.anchors.get(standing.anchor());
            if (cause != null) {
                SurplusRules.decide(standing, cause(standing, cause)).ifPresent(surplus::add);
            }
            if (!reversal.isNothing() && cause != null) {
                decided.add(new Decided(standing, reversal));
                reversal.changes().forEach(change -> tell(standing, change, cause, pass.effects));
                reversal.holds().forEach(hold -> tell(standing, hold, cause, pass.effects));
                move(moves, standing, reversal, "points", reversal.pointsTaken() - standing.pointsTaken(), cause);
                move(moves, standing, reversal, "credits", reversal.creditsTaken() - standing.creditsTaken(), cause);
            }
        }
        surplus.forEach(change -> pass.postings.add(change.posting()));
        return surpluses
                .write(transaction, surplus)
                .chain(() -> decided.isEmpty() ? Uni.createFrom().voidItem() : store.write(transaction, decided))
                .replaceWith(moves);
    }

    private static Cause cause(Standing standing, Incoming cause) {
        return new Cause(standing.account(), cause.id().id(), Shards.of(cause.key()));
    }

    private static void move(
            List<WalletMove> moves, Standing standing, Reversal reversal, String unit, long taken, Incoming cause) {
        if (taken != 0) {
            String rule = taken > 0 ? "clawback" : "restoration";
            moves.add(new WalletMove(
                    rule + ":" + standing.anchor() + ":" + reversal.revision() + ":" + unit,
                    rule,
                    cause(standing, cause),
                    reversal.changes().getLast().at(),
                    standing.userId(),
                    unit,
                    -taken));
        }
    }

    private static void tell(Standing standing, Change change, Incoming cause, Effects effects) {
        String currency = standing.paid().currency();
        Money inAll = new Money(change.reversedInAll(), currency);
        if (change.difference() > 0) {
            effects.emit(
                    cause,
                    new PaymentReversed(
                            standing.anchor(),
                            standing.userId(),
                            standing.accountNumber(),
                            standing.account(),
                            change.reversalId(),
                            change.cause(),
                            standing.paid(),
                            new Money(change.difference(), currency),
                            inAll,
                            change.revision(),
                            change.at()),
                    "reversed:" + standing.anchor() + ":" + change.revision());
        } else {
            effects.emit(
                    cause,
                    new ReversalUndone(
                            standing.anchor(),
                            standing.userId(),
                            standing.accountNumber(),
                            standing.account(),
                            change.reversalId(),
                            standing.paid(),
                            new Money(-change.difference(), currency),
                            inAll,
                            change.revision(),
                            change.at()),
                    "undone:" + standing.anchor() + ":" + change.revision());
        }
    }

    private static void tell(Standing standing, HoldChange hold, Incoming cause, Effects effects) {
        if (hold.released()) {
            effects.emit(
                    cause,
                    new HoldReleased(
                            standing.anchor(),
                            standing.userId(),
                            standing.accountNumber(),
                            standing.account(),
                            hold.holdId(),
                            hold.reason(),
                            hold.at()),
                    "hold_released:" + standing.anchor() + ":" + hold.holdId());
        } else {
            effects.emit(
                    cause,
                    new PaymentHeld(
                            standing.anchor(),
                            standing.userId(),
                            standing.accountNumber(),
                            standing.account(),
                            hold.holdId(),
                            hold.reason(),
                            hold.at()),
                    "held:" + standing.anchor() + ":" + hold.holdId());
        }
    }
}

package dev.quittance.billing.settlement;

import dev.quittance.billing.fact.IntentSeen;
import dev.quittance.billing.fact.InvoiceSeen;
import dev.quittance.billing.fact.SessionSeen;
import dev.quittance.billing.lookup.LookupConfig;
import dev.quittance.billing.lookup.LookupStore;
import dev.quittance.billing.lookup.LookupStore.Question;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.Shards;
import dev.quittance.billing.reversal.Reverser.Settled;
import dev.quittance.billing.sales.SalesMetrics;
import dev.quittance.billing.sales.SalesMetrics.Sale;
import dev.quittance.billing.wallet.WalletMove;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settles what a batch of session and invoice events makes ready, and parks the events of what is not. */
@ApplicationScoped
public class Settler {
    private final SettlementStore store;
    private final BilledStore invoices;
    private final DirectStore direct;
    private final LookupStore lookups;
    private final SalesMetrics sales;
    private final boolean canAsk;

    Settler(
            SettlementStore store,
            BilledStore invoices,
            DirectStore direct,
            LookupStore lookups,
            SalesMetrics sales,
            LookupConfig config) {
        this.store = store;
        this.invoices = invoices;
        this.direct = direct;
        this.lookups = lookups;
        this.sales = sales;
        this.canAsk = config.apiKey().isPresent();
    }

    /** A session with the event that told of it. */
    public record Told(Incoming incoming, SessionSeen session) {}

    /** A paid invoice with the event that told of it. */
    public record Billing(Incoming incoming, InvoiceSeen invoice) {}

    /** A payment that says what it is for, with the event that told of it. */
    public record Paying(Incoming incoming, IntentSeen intent) {}

    /** What was settled, and what it gives. */
    public record Outcome(List<Settled> settled, List<WalletMove> grants) {
        static final Outcome NOTHING = new Outcome(List.of(), List.of());

        public Outcome {
            settled = List.copyOf(settled);
            grants = List.copyOf(grants);
        }
    }

    /** A session, an invoice or a payment: their ids differ. */
    private record Key(String account, String id) {}

    /** One pass over the sessions and invoices of a batch. */
    private static final class Pass {
        final Map<Key, List<Incoming>> causes = new LinkedHashMap<>();
        final Map<String, Settlement> settlements = new LinkedHashMap<>();
        final Map<String, Incoming> settledBy = new LinkedHashMap<>();
        final List<Question> questions = new ArrayList<>();
        final Map<String, String> traces = new LinkedHashMap<>();

        void add(String account, String id, Incoming cause) {
            causes.computeIfAbsent(new Key(account, id), _ -> new ArrayList<>()).add(cause);
        }

        void ask(Asking asking, Key key, Incoming cause) {
            questions.add(asking.of(key.account(), key.id(), cause.id().id()));
            if (cause.traceparent() != null) {
                traces.put(cause.id().id(), cause.traceparent());
            }
        }
    }

    /** What was settled now. Effects gets the parked events and the news. */
    public Uni<Outcome> settle(
            SqlConnection transaction, List<Told> told, List<Billing> billing, List<Paying> paying, Effects effects) {
        if (told.isEmpty() && billing.isEmpty() && paying.isEmpty()) {
            return Uni.createFrom().item(Outcome.NOTHING);
        }
        Pass pass = new Pass();
        return sessions(transaction, told, pass, effects)
                .chain(() -> invoices(transaction, billing, pass, effects))
                .chain(() -> direct(transaction, paying, pass, effects))
                .chain(() -> lookups.ask(transaction, pass.questions, pass.traces))
                .chain(() -> write(transaction, pass, effects));
    }

    private Uni<Void> sessions(SqlConnection transaction, List<Told> told, Pass pass, Effects effects) {
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        told.forEach(one -> pass.add(one.session().account(), one.session().id(), one.incoming()));
        return store.load(transaction, told.stream().map(Told::session).toList())
                .invoke(purchases -> purchases.forEach(purchase -> carryOut(
                        SettlementRules.decide(purchase, canAsk),
                        new Key(purchase.account(), purchase.sessionId()),
                        Question::sessionLines,
                        pass,
                        effects)))
                .replaceWithVoid();
    }

    private Uni<Void> invoices(SqlConnection transaction, List<Billing> billing, Pass pass, Effects effects) {
        if (billing.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        billing.forEach(one -> pass.add(one.invoice().account(), one.invoice().id(), one.incoming()));
        return invoices.load(transaction, billing.stream().map(Billing::invoice).toList())
                .invoke(all -> all.forEach(billed -> carryOut(
                        BilledRules.decide(billed, canAsk),
                        new Key(billed.account(), billed.invoiceId()),
                        Question::invoiceLines,
                        pass,
                        effects)))
                .replaceWithVoid();
    }

    private Uni<Void> direct(SqlConnection transaction, List<Paying> paying, Pass pass, Effects effects) {
        if (paying.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        paying.forEach(one -> pass.add(one.intent().account(), one.intent().id(), one.incoming()));
        return direct.load(transaction, paying.stream().map(Paying::intent).toList())
                .invoke(all -> all.forEach(one -> carryOut(
                        DirectRules.decide(one, canAsk),
                        new Key(one.purchase().account(), one.intentId()),
                        Question::intentOwner,
                        pass,
                        effects)))
                .replaceWithVoid();
    }

    /** What to ask of Stripe, by account, object and the event that made us ask. */
    private interface Asking {
        Question of(String account, String objectId, String eventId);
    }

    private static void carryOut(SettlementDecision decision, Key key, Asking asking, Pass pass, Effects effects) {
        List<Incoming> causes = pass.causes.getOrDefault(key, List.of());
        switch (decision) {
            case SettlementDecision.Nothing() -> {}
            case SettlementDecision.Settle(Settlement settlement) -> {
                if (pass.settlements.putIfAbsent(settlement.anchor(), settlement) == null) {
                    pass.settledBy.put(settlement.anchor(), causes.getFirst());
                }
            }
            case SettlementDecision.Wait(String subject, String reason, boolean askStripe) -> {
                causes.forEach(cause -> effects.park(cause, subject, reason));
                if (askStripe) {
                    pass.ask(asking, key, causes.getFirst());
                }
            }
            case SettlementDecision.Hold(String subject, String reason) ->
                causes.forEach(cause -> effects.park(cause, subject, reason));
        }
    }

    private Uni<Outcome> write(SqlConnection transaction, Pass pass, Effects effects) {
        if (pass.settlements.isEmpty()) {
            return Uni.createFrom().item(Outcome.NOTHING);
        }
        return store.insert(transaction, List.copyOf(pass.settlements.values())).map(anchors -> {
            List<Settled> settled = new ArrayList<>();
            List<WalletMove> grants = new ArrayList<>();
            List<Sale> sold = new ArrayList<>();
            pass.settlements.forEach((anchor, settlement) -> {
                Incoming cause = pass.settledBy.get(anchor);
                if (cause != null && anchors.contains(anchor)) {
                    effects.emit(cause, settlement.event(), settlement.businessKey());
                    settled.add(new Settled(anchor, cause));
                    sold.add(new Sale(settlement.amount(), settlement.occurredAt(), settlement.sessionId() != null));
                    grants.addAll(SettlementRules.grants(
                            settlement,
                            new Cause(settlement.account(), cause.id().id(), Shards.of(cause.key()))));
                }
            });
            sales.settled(transaction, sold);
            return new Outcome(settled, grants);
        });
    }
}

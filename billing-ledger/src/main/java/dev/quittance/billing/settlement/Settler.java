package dev.quittance.billing.settlement;

import dev.quittance.billing.fact.SessionSeen;
import dev.quittance.billing.lookup.LookupConfig;
import dev.quittance.billing.lookup.LookupStore;
import dev.quittance.billing.lookup.LookupStore.Question;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.posting.Shards;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settles what a batch of session events makes ready, and parks the events of what is not. */
@ApplicationScoped
public class Settler {
    private final SettlementStore store;
    private final LookupStore lookups;
    private final boolean canAsk;

    Settler(SettlementStore store, LookupStore lookups, LookupConfig config) {
        this.store = store;
        this.lookups = lookups;
        this.canAsk = config.apiKey().isPresent();
    }

    /** A session with the event that told of it. */
    public record Told(Incoming incoming, SessionSeen session) {}

    private record Key(String account, String sessionId) {}

    /** One pass over the sessions of a batch. */
    private static final class Pass {
        final Map<Key, List<Incoming>> causes = new LinkedHashMap<>();
        final Map<String, Settlement> settlements = new LinkedHashMap<>();
        final Map<String, Incoming> settledBy = new LinkedHashMap<>();
        final List<Question> questions = new ArrayList<>();
    }

    /** What the grants book, for the batch's one posting. Effects gets the parked events and the news. */
    public Uni<List<Posting>> settle(SqlConnection transaction, List<Told> told, Effects effects) {
        if (told.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Pass pass = new Pass();
        told.forEach(one -> pass.causes
                .computeIfAbsent(new Key(one.session().account(), one.session().id()), _ -> new ArrayList<>())
                .add(one.incoming()));
        return store.load(transaction, told.stream().map(Told::session).toList())
                .invoke(purchases -> purchases.forEach(purchase -> decide(purchase, pass, effects)))
                .chain(() -> lookups.ask(transaction, pass.questions))
                .chain(() -> write(transaction, pass, effects));
    }

    private void decide(Purchase purchase, Pass pass, Effects effects) {
        List<Incoming> causes = pass.causes.getOrDefault(new Key(purchase.account(), purchase.sessionId()), List.of());
        switch (SettlementRules.decide(purchase, canAsk)) {
            case SettlementDecision.Nothing() -> {}
            case SettlementDecision.Settle(Settlement settlement) -> {
                if (pass.settlements.putIfAbsent(settlement.anchor(), settlement) == null) {
                    pass.settledBy.put(settlement.anchor(), causes.getFirst());
                }
            }
            case SettlementDecision.Wait(String subject, String reason, boolean askStripe) -> {
                causes.forEach(cause -> effects.park(cause, subject, reason));
                if (askStripe) {
                    pass.questions.add(Question.sessionLines(
                            purchase.account(),
                            purchase.sessionId(),
                            causes.getFirst().id().id()));
                }
            }
            case SettlementDecision.Hold(String subject, String reason) ->
                causes.forEach(cause -> effects.park(cause, subject, reason));
        }
    }

    private Uni<List<Posting>> write(SqlConnection transaction, Pass pass, Effects effects) {
        if (pass.settlements.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return store.insert(transaction, List.copyOf(pass.settlements.values())).map(anchors -> {
            List<Posting> postings = new ArrayList<>();
            pass.settlements.forEach((anchor, settlement) -> {
                Incoming cause = pass.settledBy.get(anchor);
                if (cause != null && anchors.contains(anchor)) {
                    effects.emit(cause, settlement.event(), settlement.businessKey());
                    postings.addAll(SettlementRules.postings(
                            settlement,
                            new Cause(settlement.account(), cause.id().id(), Shards.of(cause.key()))));
                }
            });
            return postings;
        });
    }
}

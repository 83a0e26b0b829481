package dev.quittance.billing.inbox;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.fact.ChargeSeen;
import dev.quittance.billing.fact.IdentityKnown;
import dev.quittance.billing.fact.IntentSeen;
import dev.quittance.billing.fact.PriceSeen;
import dev.quittance.billing.fact.ProductSeen;
import dev.quittance.billing.fact.SessionSeen;
import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.fact.Unusable;
import dev.quittance.billing.lookup.LookupStore.Question;
import dev.quittance.billing.payment.PaymentRules;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.posting.Shards;
import dev.quittance.billing.settlement.Settler.Told;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import java.util.ArrayList;
import java.util.List;

/** A batch, sorted by what is to be done with it. Pure: what each fact means stands here, what is written in the handler. */
final class Batch {
    final List<IntentSeen> intents = new ArrayList<>();
    final List<ChargeSeen> charges = new ArrayList<>();
    final List<SessionSeen> sessions = new ArrayList<>();
    final List<ProductSeen> products = new ArrayList<>();
    final List<PriceSeen> prices = new ArrayList<>();
    final List<IdentityKnown> identities = new ArrayList<>();
    final List<Told> told = new ArrayList<>();
    final List<Posting> postings = new ArrayList<>();
    final List<Question> questions = new ArrayList<>();
    final Effects effects = new Effects();

    static Batch of(List<Delivered<BillingFact>> delivered) {
        Batch batch = new Batch();
        delivered.forEach(one -> batch.add(one.incoming(), one.fact()));
        return batch;
    }

    private void add(Incoming incoming, BillingFact fact) {
        switch (fact) {
            case IntentSeen intent -> {
                intents.add(intent);
                if (intent.isPaid()) {
                    effects.arrived(Subjects.payment(intent.account(), intent.id()));
                }
            }
            case ChargeSeen charge -> add(incoming, charge);
            case SessionSeen session -> {
                sessions.add(session);
                told.add(new Told(incoming, session));
            }
            case ProductSeen product -> products.add(product);
            case PriceSeen price -> prices.add(price);
            case IdentityKnown identity -> {
                identities.add(identity);
                effects.arrived(Subjects.identity(identity.account(), identity.sessionId()));
            }
            case Unusable unusable -> effects.park(incoming, Subjects.operator(unusable.subject()), unusable.reason());
        }
    }

    private void add(Incoming incoming, ChargeSeen charge) {
        String eventId = incoming.id().id();
        charges.add(charge);
        postings.addAll(PaymentRules.postings(charge, new Cause(charge.account(), eventId, Shards.of(incoming.key()))));
        if (charge.balanceTransactionId() != null && PaymentRules.needsFeeLookup(charge)) {
            questions.add(Question.balanceTransaction(charge.account(), charge.balanceTransactionId(), eventId));
        }
        if (charge.isPaid() && charge.paymentIntentId() != null) {
            effects.arrived(Subjects.payment(charge.account(), charge.paymentIntentId()));
        }
    }
}

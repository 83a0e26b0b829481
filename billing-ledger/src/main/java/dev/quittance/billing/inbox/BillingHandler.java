package dev.quittance.billing.inbox;

import dev.quittance.billing.catalogue.CatalogueStore;
import dev.quittance.billing.checkout.CheckoutStore;
import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.fact.Facts;
import dev.quittance.billing.identity.IdentityStore;
import dev.quittance.billing.lookup.LookupStore;
import dev.quittance.billing.payment.PaymentStore;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.settlement.Settler;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * The one transaction of a batch: mirror what was seen, settle what became ready, post everything at once. Balances are
 * locked last and only for the length of one statement.
 */
@ApplicationScoped
public class BillingHandler implements BatchHandler<BillingFact> {
    private final PaymentStore payments;
    private final CheckoutStore checkout;
    private final CatalogueStore catalogue;
    private final IdentityStore identities;
    private final LookupStore lookups;
    private final Settler settler;
    private final JournalStore journal;
    private final MeterRegistry metrics;

    BillingHandler(
            PaymentStore payments,
            CheckoutStore checkout,
            CatalogueStore catalogue,
            IdentityStore identities,
            LookupStore lookups,
            Settler settler,
            JournalStore journal,
            MeterRegistry metrics) {
        this.payments = payments;
        this.checkout = checkout;
        this.catalogue = catalogue;
        this.identities = identities;
        this.lookups = lookups;
        this.settler = settler;
        this.journal = journal;
        this.metrics = metrics;
    }

    @Override
    public Reading<BillingFact> read(Incoming incoming) {
        return Facts.read(incoming);
    }

    @Override
    public Uni<Effects> apply(SqlConnection transaction, List<Delivered<BillingFact>> delivered) {
        Batch batch = Batch.of(delivered);
        return payments.upsertIntents(transaction, batch.intents)
                .chain(() -> payments.upsertCharges(transaction, batch.charges))
                .chain(() -> catalogue.upsertProducts(transaction, batch.products))
                .chain(() -> catalogue.upsertPrices(transaction, batch.prices))
                .chain(() -> checkout.upsertSessions(transaction, batch.sessions))
                .chain(() -> identities.insert(transaction, batch.identities))
                .chain(() -> lookups.ask(transaction, batch.questions))
                .chain(() -> settler.settle(transaction, batch.told, batch.effects))
                .chain(grants -> {
                    batch.postings.addAll(grants);
                    return journal.post(transaction, batch.postings);
                })
                .invoke(posted -> count(posted.entries()))
                .replaceWith(batch.effects);
    }

    /** Counted before the commit: a batch that is tried again counts again. */
    private void count(Map<String, Long> entries) {
        entries.forEach((rule, count) ->
                metrics.counter("ledger.postings", "rule", rule).increment(count));
    }
}

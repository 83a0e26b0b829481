package dev.quittance.billing.inbox;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.fact.Facts;
import dev.quittance.billing.lookup.LookupStore;
import dev.quittance.billing.order.OrderKeeper;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.reversal.Reverser;
import dev.quittance.billing.sales.SalesMetrics;
import dev.quittance.billing.settlement.Settler;
import dev.quittance.billing.wallet.WalletStore;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one transaction of a batch: mirror what was seen, settle what became ready, take back what was reversed, move the
 * orders on, post everything at once. Wallets are locked only where something is given or taken, and the house's balances last and only for
 * the length of one statement.
 */
@ApplicationScoped
public class BillingHandler implements BatchHandler<BillingFact> {
    private final Mirrors mirrors;
    private final LookupStore lookups;
    private final Settler settler;
    private final Reverser reverser;
    private final OrderKeeper orders;
    private final WalletStore wallets;
    private final JournalStore journal;
    private final SalesMetrics sales;
    private final MeterRegistry metrics;

    BillingHandler(
            Mirrors mirrors,
            LookupStore lookups,
            Settler settler,
            Reverser reverser,
            OrderKeeper orders,
            WalletStore wallets,
            JournalStore journal,
            SalesMetrics sales,
            MeterRegistry metrics) {
        this.mirrors = mirrors;
        this.lookups = lookups;
        this.settler = settler;
        this.reverser = reverser;
        this.orders = orders;
        this.wallets = wallets;
        this.journal = journal;
        this.sales = sales;
        this.metrics = metrics;
    }

    @Override
    public Reading<BillingFact> read(Incoming incoming) {
        return Facts.read(incoming);
    }

    @Override
    public Uni<Effects> apply(SqlConnection transaction, List<Delivered<BillingFact>> delivered) {
        Batch batch = Batch.of(delivered);
        sales.seen(transaction, delivered);
        // Sent one behind the other: the accounts are found while the mirrors are being written.
        return Uni.combine()
                .all()
                .unis(mirrors.upsert(transaction, batch), journal.accounts(transaction, batch.postings))
                .with((_, accounts) -> accounts)
                .chain(accounts -> settled(transaction, batch, delivered)
                        .chain(() -> journal.post(transaction, batch.postings, accounts)))
                .invoke(posted -> count(posted.entries()))
                .replaceWith(batch.effects);
    }

    /** What the batch makes ready, gives and takes; its postings join the batch's. */
    private Uni<Void> settled(SqlConnection transaction, Batch batch, List<Delivered<BillingFact>> delivered) {
        return lookups.ask(transaction, batch.questions, batch.questions.isEmpty() ? Map.of() : traces(delivered))
                .chain(() -> orders.link(transaction, batch.told))
                .chain(() -> settler.settle(transaction, batch.told, batch.billing, batch.paying, batch.effects))
                .chain(outcome -> reverser.apply(
                                transaction,
                                batch.touched,
                                batch.credited,
                                outcome.settled(),
                                batch.effects,
                                batch.postings)
                        .map(reversed -> Stream.of(outcome.grants(), reversed)
                                .flatMap(List::stream)
                                .toList()))
                .call(() -> orders.follow(transaction, batch.told, batch.touched, batch.credited, batch.effects))
                .chain(moves -> wallets.postings(transaction, moves))
                .invoke(batch.postings::addAll)
                .replaceWithVoid();
    }

    private static Map<String, String> traces(List<Delivered<BillingFact>> delivered) {
        Map<String, String> traces = new HashMap<>();
        for (Delivered<BillingFact> one : delivered) {
            @Nullable String traceparent = one.incoming().traceparent();
            if (traceparent != null) {
                traces.put(one.incoming().id().id(), traceparent);
            }
        }
        return traces;
    }

    /** Counted before the commit: a batch that is tried again counts again. */
    private void count(Map<String, Long> entries) {
        entries.forEach((rule, count) ->
                metrics.counter("ledger.postings", "rule", rule).increment(count));
    }
}

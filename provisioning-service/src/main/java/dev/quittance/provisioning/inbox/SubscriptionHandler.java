package dev.quittance.provisioning.inbox;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.provisioning.account.TimeMove;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.plan.CatalogueKey;
import dev.quittance.provisioning.subscription.InvoiceFact;
import dev.quittance.provisioning.subscription.InvoiceRules;
import dev.quittance.provisioning.subscription.Standing;
import dev.quittance.provisioning.subscription.SubscriptionFact;
import dev.quittance.provisioning.subscription.SubscriptionKey;
import dev.quittance.provisioning.subscription.SubscriptionStore;
import dev.quittance.provisioning.subscription.SubscriptionWriteStore;
import dev.quittance.provisioning.subscription.SubscriptionWriteStore.InvoiceRow;
import dev.quittance.provisioning.subscription.TellingRules;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A batch's subscriptions and their invoices. They wait until it is certain whose they are. */
final class SubscriptionHandler {
    private final SubscriptionStore store = new SubscriptionStore();
    private final SubscriptionWriteStore writes = new SubscriptionWriteStore();
    private final LineHandler lines = new LineHandler();

    /** What a batch has to do with subscriptions. */
    private record Work(
            List<Caused<SubscriptionFact>> subscriptions,
            List<Caused<InvoiceFact>> invoices,
            Map<SubscriptionKey, Incoming> causes,
            Touched touched,
            Instant now) {
        Effects effects() {
            return touched.effects();
        }
    }

    /**
     * Applies them.
     *
     * @param products that became known: their subscriptions are told again
     * @return the time that the paid invoices give
     */
    Uni<List<Caused<TimeMove>>> apply(
            SqlConnection transaction,
            List<Delivered<ProvisioningFact>> batch,
            Map<CatalogueKey, Incoming> products,
            Touched touched,
            Instant now) {
        Work work = new Work(
                Caused.of(
                        batch,
                        fact -> fact instanceof ProvisioningFact.SubscriptionSeen(SubscriptionFact s) ? s : null),
                Caused.of(batch, fact -> fact instanceof ProvisioningFact.InvoiceSeen seen ? seen.invoice() : null),
                new LinkedHashMap<>(),
                touched,
                now);
        if (work.subscriptions().isEmpty() && work.invoices().isEmpty() && products.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Set<SubscriptionKey> wanted = new HashSet<>();
        work.subscriptions().forEach(caused -> wanted.add(caused.what().key()));
        work.invoices().forEach(caused -> wanted.add(caused.what().subscription()));
        Set<CustomerKey> customers = new HashSet<>();
        work.subscriptions().forEach(caused -> customers.add(caused.what().customer()));
        return store.ofProducts(transaction, products.keySet())
                .invoke(again -> again.forEach(key -> {
                    wanted.add(key);
                    work.causes().put(key, products.values().iterator().next());
                }))
                .chain(() -> store.owners(transaction, customers))
                .chain(owners -> store.load(transaction, wanted).chain(known -> {
                    addStates(work, owners, known);
                    return lines.whole(transaction, work.invoices(), work.effects())
                            .chain(whole -> flush(transaction, work, known, readyInvoices(work, whole, known)));
                }));
    }

    private static void addStates(
            Work work, Map<CustomerKey, Standing.Owner> owners, Map<SubscriptionKey, Standing> known) {
        for (Caused<SubscriptionFact> caused : work.subscriptions()) {
            SubscriptionFact fact = caused.what();
            Standing.Owner owner = owners.get(fact.customer());
            if (owner == null && !known.containsKey(fact.key())) {
                // Whose a listed one is, is certain as soon as it is known.
                String subject = StripeSnapshot.isType(caused.incoming().type())
                        ? fact.customer().subject()
                        : fact.customer().confirmedSubject();
                work.effects().park(caused.incoming(), subject, "needs-identity");
                continue;
            }
            known.computeIfAbsent(fact.key(), key -> Standing.of(key, requireNonNull(owner)))
                    .add(fact.snapshot());
            work.causes().put(fact.key(), caused.incoming());
            work.effects().arrived(fact.key().subject());
        }
    }

    private static List<Caused<InvoiceFact>> readyInvoices(
            Work work, List<Caused<InvoiceFact>> whole, Map<SubscriptionKey, Standing> known) {
        List<Caused<InvoiceFact>> ready = new ArrayList<>();
        for (Caused<InvoiceFact> caused : whole) {
            SubscriptionKey key = caused.what().subscription();
            if (known.containsKey(key)) {
                ready.add(caused);
                work.causes().put(key, caused.incoming());
            } else {
                work.effects().park(caused.incoming(), key.subject(), "needs-subscription");
            }
        }
        return ready;
    }

    private Uni<List<Caused<TimeMove>>> flush(
            SqlConnection transaction,
            Work work,
            Map<SubscriptionKey, Standing> known,
            List<Caused<InvoiceFact>> invoices) {
        List<InvoiceRow> rows = new ArrayList<>();
        List<Caused<TimeMove>> moves = new ArrayList<>();
        for (Caused<InvoiceFact> caused : invoices) {
            InvoiceFact fact = caused.what();
            Standing standing = requireNonNull(known.get(fact.subscription()));
            InvoiceRow row = row(fact, standing);
            rows.add(row);
            TimeMove.Invoice invoice = new TimeMove.Invoice(
                    fact.stripeAccount(), fact.subscription().id(), fact.invoiceId());
            InvoiceFact.Line paid = row.paid();
            if (paid != null) {
                moves.add(new Caused<>(
                        caused.incoming(),
                        TimeMove.paid(standing.accountNumber(), invoice, paid.lineId(), paid.start(), paid.end())));
            }
            InvoiceFact.Line credit = row.credit();
            if (credit != null) {
                moves.add(new Caused<>(
                        caused.incoming(),
                        TimeMove.credited(
                                standing.accountNumber(), invoice, credit.lineId(), credit.start(), credit.end())));
            }
        }
        return writes.flush(transaction, known.values(), rows)
                .chain(paidUntil -> tell(transaction, work, known, paidUntil))
                .replaceWith(moves);
    }

    private static InvoiceRow row(InvoiceFact fact, Standing standing) {
        return fact.isPaid()
                ? new InvoiceRow(
                        fact,
                        InvoiceRules.paid(fact, standing.head()).orElse(null),
                        InvoiceRules.credit(fact.lines()).orElse(null))
                : new InvoiceRow(fact, null, null);
    }

    private Uni<Void> tell(
            SqlConnection transaction,
            Work work,
            Map<SubscriptionKey, Standing> known,
            Map<SubscriptionKey, Instant> paidUntil) {
        Set<CatalogueKey> products = new HashSet<>();
        known.values().forEach(standing -> products.addAll(TellingRules.products(standing)));
        return store.vouchers(transaction, products).chain(vouchers -> {
            Map<SubscriptionKey, String> told = new HashMap<>();
            for (Standing standing : known.values()) {
                Incoming cause = work.causes().get(standing.key());
                Instant until = paidUntil.get(standing.key());
                if (cause != null) {
                    work.touched().add(standing.accountNumber(), cause);
                    TellingRules.change(standing, until, vouchers, work.now()).ifPresent(change -> {
                        told.put(standing.key(), change.telling());
                        emit(work.effects(), cause, change.event());
                    });
                }
            }
            return writes.told(transaction, told);
        });
    }

    private static void emit(Effects effects, Incoming cause, SubscriptionChanged event) {
        effects.emit(
                cause,
                event,
                "subscription:" + event.stripeAccount() + ":" + event.subscriptionId() + ":" + event.revision());
    }
}

package dev.quittance.billing.inbox;

import dev.quittance.billing.catalogue.CatalogueStore;
import dev.quittance.billing.checkout.CheckoutStore;
import dev.quittance.billing.dispute.DisputeStore;
import dev.quittance.billing.identity.IdentityStore;
import dev.quittance.billing.invoice.InvoiceStore;
import dev.quittance.billing.payment.PaymentStore;
import dev.quittance.billing.paymentmethod.PaymentMethodStore;
import dev.quittance.billing.payout.PayoutStore;
import dev.quittance.billing.refund.RefundStore;
import dev.quittance.billing.shop.ProductStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/** Everything that a batch saw, into its tables: one statement a table, and none for a table that it did not touch. */
@ApplicationScoped
public class Mirrors {
    private final PaymentStore payments;
    private final CheckoutStore checkout;
    private final CatalogueStore catalogue;
    private final ProductStore shop;
    private final IdentityStore identities;
    private final RefundStore refunds;
    private final DisputeStore disputes;
    private final PayoutStore payouts;
    private final InvoiceStore invoices;
    private final PaymentMethodStore paymentMethods;

    Mirrors(
            PaymentStore payments,
            CheckoutStore checkout,
            CatalogueStore catalogue,
            ProductStore shop,
            IdentityStore identities,
            RefundStore refunds,
            DisputeStore disputes,
            PayoutStore payouts,
            InvoiceStore invoices,
            PaymentMethodStore paymentMethods) {
        this.payments = payments;
        this.checkout = checkout;
        this.catalogue = catalogue;
        this.shop = shop;
        this.identities = identities;
        this.refunds = refunds;
        this.disputes = disputes;
        this.payouts = payouts;
        this.invoices = invoices;
        this.paymentMethods = paymentMethods;
    }

    /** Always in this order, so that two batches that meet wait for each other instead of deadlocking. */
    Uni<Void> upsert(SqlConnection transaction, Batch batch) {
        return payments.upsertIntents(transaction, batch.intents)
                .chain(() -> payments.upsertCharges(transaction, batch.charges))
                .chain(() -> catalogue.upsertProducts(transaction, batch.products))
                .chain(() -> catalogue.upsertPrices(transaction, batch.prices))
                .chain(() -> shop.followStripe(transaction, batch.stripeProducts()))
                .chain(() -> checkout.upsertSessions(transaction, batch.sessions))
                .chain(() -> identities.insert(transaction, batch.identities))
                .chain(() -> refunds.upsert(transaction, batch.refunds))
                .chain(() -> disputes.upsert(transaction, batch.disputes))
                .invoke(batch::addDisputes)
                .chain(() -> disputes.upsertWarnings(transaction, batch.warnings))
                .chain(() -> disputes.upsertReviews(transaction, batch.reviews))
                .chain(() -> payouts.upsert(transaction, batch.payouts))
                .chain(() -> identities.insertCustomers(transaction, batch.customers))
                .chain(() -> invoices.upsert(transaction, batch.invoices))
                .invoke(batch::addInvoices)
                .chain(() -> invoices.insertPayments(transaction, batch.invoicePayments))
                .chain(() -> invoices.upsertCreditNotes(transaction, batch.creditNotes))
                .chain(() -> paymentMethods.upsert(transaction, batch.paymentMethods))
                .chain(() -> paymentMethods.upsertSetups(transaction, batch.setupIntents))
                .chain(() -> paymentMethods.detach(transaction, batch.goneCustomers, batch.paymentMethods));
    }
}

package dev.quittance.provisioning.inbox;

import dev.quittance.messaging.inbox.Effects;
import dev.quittance.provisioning.subscription.InvoiceFact;
import dev.quittance.provisioning.subscription.InvoiceKey;
import dev.quittance.provisioning.subscription.LineStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;

/** Paid invoices with all of their lines. One that shows some only waits for the rest: what it pays for may be among them. */
final class LineHandler {
    private final LineStore store = new LineStore();

    Uni<List<Caused<InvoiceFact>>> whole(
            SqlConnection transaction, List<Caused<InvoiceFact>> invoices, Effects effects) {
        List<InvoiceKey> incomplete = invoices.stream()
                .filter(caused -> isIncomplete(caused.what()))
                .map(caused -> caused.what().key())
                .toList();
        if (incomplete.isEmpty()) {
            return Uni.createFrom().item(invoices);
        }
        return store.find(transaction, incomplete).chain(found -> {
            List<Caused<InvoiceFact>> whole = new ArrayList<>();
            List<InvoiceKey> missing = new ArrayList<>();
            for (Caused<InvoiceFact> caused : invoices) {
                InvoiceKey key = caused.what().key();
                String lines = found.get(key);
                if (!isIncomplete(caused.what())) {
                    whole.add(caused);
                } else if (lines != null) {
                    whole.add(new Caused<>(caused.incoming(), SubscriptionFacts.whole(caused.what(), lines)));
                } else {
                    effects.park(caused.incoming(), key.linesSubject(), "needs-lines");
                    missing.add(key);
                }
            }
            return store.ask(transaction, missing).replaceWith(whole);
        });
    }

    private static boolean isIncomplete(InvoiceFact invoice) {
        return invoice.isPaid() && invoice.hasMoreLines();
    }
}

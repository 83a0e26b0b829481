package dev.quittance.provisioning.inbox;

import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.provisioning.access.CardStore;
import dev.quittance.provisioning.customer.CardPrint;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A batch's cards, and whose access hangs on them: a card gives one trial, whoever brings it first. */
final class CardHandler {
    private final CardStore store = new CardStore();

    Uni<Void> apply(SqlConnection transaction, List<Delivered<ProvisioningFact>> batch, Touched touched) {
        Map<String, Incoming> causes = new HashMap<>();
        Set<CardPrint> prints = new LinkedHashSet<>();
        boolean isOfSubscriptions = false;
        for (Delivered<ProvisioningFact> delivered : batch) {
            if (delivered.fact() instanceof ProvisioningFact.PaymentMethodSeen seen) {
                CardPrint print = seen.print();
                if (print != null) {
                    prints.add(print);
                    causes.put("customer:" + print.customer().customerId(), delivered.incoming());
                }
            } else if (delivered.fact() instanceof ProvisioningFact.SubscriptionSeen) {
                isOfSubscriptions = true;
            }
        }
        Set<String> accounts = isOfSubscriptions ? Set.copyOf(touched.accounts()) : Set.of();
        if (prints.isEmpty() && accounts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        accounts.forEach(account -> causes.put(account, touched.cause(account)));
        return store.insert(transaction, prints)
                .chain(() -> store.touched(transaction, prints, accounts))
                .invoke(found -> found.forEach((account, because) -> {
                    Incoming cause = causes.get(because);
                    if (cause != null && !accounts.contains(account)) {
                        touched.add(account, cause);
                    }
                }))
                .replaceWithVoid();
    }
}

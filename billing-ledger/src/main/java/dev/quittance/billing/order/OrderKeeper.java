package dev.quittance.billing.order;

import dev.quittance.billing.fact.PaymentConcern;
import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.order.OrderStore.Opened;
import dev.quittance.billing.reversal.Credited;
import dev.quittance.billing.reversal.Touched;
import dev.quittance.billing.settlement.Settler.Told;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Keeps the orders in step with a batch of events, in its transaction. */
@ApplicationScoped
public class OrderKeeper {
    private final OrderStore store;
    private final OrderHandler handler;

    OrderKeeper(OrderStore store, OrderHandler handler) {
        this.store = store;
        this.handler = handler;
    }

    /** Notes which sessions are whose, before anything is settled: of two that paid for an order the second buys nothing. */
    public Uni<Void> link(SqlConnection transaction, List<Told> told) {
        return store.link(
                transaction,
                told.stream()
                        .map(Told::session)
                        .flatMap(session -> session.orderId().map(order -> new Opened(order, session.id())).stream())
                        .collect(Collectors.toSet()));
    }

    /** Effects gets the news, and the events of orders that are not here yet. */
    public Uni<Void> follow(
            SqlConnection transaction,
            List<Told> told,
            List<Touched> touched,
            List<Credited> credited,
            Effects effects) {
        Map<UUID, List<Incoming>> causes = new HashMap<>();
        for (Told one : told) {
            one.session()
                    .orderId()
                    .ifPresent(order -> causes.computeIfAbsent(order, _ -> new ArrayList<>())
                            .add(one.incoming()));
        }
        if (causes.isEmpty() && touched.isEmpty() && credited.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return paidBy(transaction, touched, credited)
                .chain(orders -> {
                    Set<UUID> all = new LinkedHashSet<>(causes.keySet());
                    all.addAll(orders);
                    return handler.follow(transaction, all);
                })
                .invoke(followed -> {
                    Incoming anybody = anybody(told, touched, credited);
                    followed.changes()
                            .forEach(change -> effects.emit(
                                    causes.getOrDefault(change.orderId(), List.of(anybody))
                                            .getFirst(),
                                    change,
                                    "order:" + change.orderId() + ":" + change.revision()));
                    causes.forEach((order, incoming) -> {
                        if (!followed.found().contains(order)) {
                            incoming.forEach(one -> effects.park(one, Subjects.order(order), "ORDER_NOT_SEEN"));
                        }
                    });
                })
                .replaceWithVoid();
    }

    private static Incoming anybody(List<Told> told, List<Touched> touched, List<Credited> credited) {
        if (!touched.isEmpty()) {
            return touched.getFirst().incoming();
        }
        return told.isEmpty() ? credited.getFirst().incoming() : told.getFirst().incoming();
    }

    private Uni<Set<UUID>> paidBy(SqlConnection transaction, List<Touched> touched, List<Credited> credited) {
        Set<String> intents = new HashSet<>();
        Set<String> charges = new HashSet<>();
        for (Touched one : touched) {
            PaymentConcern concern = one.concern();
            if (concern.paymentIntentId() != null) {
                intents.add(concern.paymentIntentId());
            } else if (concern.chargeId() != null) {
                charges.add(concern.chargeId());
            }
        }
        Set<String> invoices = credited.stream()
                .filter(one -> one.account().isEmpty())
                .map(Credited::invoiceId)
                .collect(Collectors.toSet());
        return intents.isEmpty() && charges.isEmpty() && invoices.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : store.findByPayment(transaction, intents, charges, invoices);
    }
}

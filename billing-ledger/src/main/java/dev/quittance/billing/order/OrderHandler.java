package dev.quittance.billing.order;

import dev.quittance.billing.cart.CartStore;
import dev.quittance.billing.order.DecisionStore.Decided;
import dev.quittance.billing.order.OrderStore.Step;
import dev.quittance.billing.order.ReservationStore.Short;
import dev.quittance.billing.problem.Problem;
import dev.quittance.billing.refunding.OwedRefundStore;
import dev.quittance.billing.refunding.OwedRefundStore.Owed;
import dev.quittance.billing.sales.SalesMetrics;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.messaging.outbox.OutboxEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes orders, and brings them to where they stand: the one way for every caller, whether an event or a command moved
 * something. All of it in the caller's transaction, and repeated it does nothing again.
 */
@ApplicationScoped
public class OrderHandler {
    private final PlacingStore placing;
    private final OrderStore store;
    private final ReservationStore reservations;
    private final CartStore carts;
    private final OwedRefundStore refunds;
    private final DecisionStore decisions;
    private final SalesMetrics sales;

    OrderHandler(
            PlacingStore placing,
            OrderStore store,
            ReservationStore reservations,
            CartStore carts,
            OwedRefundStore refunds,
            DecisionStore decisions,
            SalesMetrics sales) {
        this.placing = placing;
        this.store = store;
        this.reservations = reservations;
        this.carts = carts;
        this.refunds = refunds;
        this.decisions = decisions;
        this.sales = sales;
    }

    /** What was made under a key before; nobody else makes anything under it until the transaction ends. */
    public Uni<Optional<PlacedOrder>> lockAndFind(SqlConnection transaction, UUID userId, String key) {
        UUID order = OrderDraft.idOf(userId, key);
        return placing.lockKey(transaction, order).chain(() -> placing.find(transaction, order));
    }

    /** Makes the order and sets its stock aside, all of it or nothing. */
    public Uni<OrderStatusChanged> create(SqlConnection transaction, OrderDraft draft) {
        return placing.insert(transaction, draft)
                .call(() -> reservations.reserve(transaction, draft.id()).invoke(OrderHandler::requireAll))
                .invoke(made -> sales.moved(transaction, draft.paymentMethod(), List.of(made)));
    }

    /** Notes what was left after an order was paid with points. */
    public Uni<Void> paidWithPoints(SqlConnection transaction, UUID order, long balance) {
        return placing.noteBalance(transaction, order, balance);
    }

    public Uni<Optional<PlacedOrder>> find(SqlConnection transaction, UUID order) {
        return placing.find(transaction, order);
    }

    /** Gives up orders that nobody can pay any more; what was set aside for them is for others. */
    public Uni<List<OrderStatusChanged>> giveUp(SqlConnection transaction, Collection<UUID> orders) {
        return store.load(transaction, orders).chain(found -> {
            List<UUID> pending = ids(found.values(), OrderRules::isGivenUp);
            return reservations
                    .release(transaction, pending)
                    .chain(() -> store.step(
                            transaction,
                            pending.stream()
                                    .map(order -> new Step(order, OrderStatus.PENDING, OrderStatus.CANCELLED))
                                    .toList()))
                    .invoke(changes -> count(transaction, found, changes));
        });
    }

    /** Gives up an open order for somebody who does not want it any more; nothing changes where it is not open. */
    public Uni<List<OrderStatusChanged>> cancel(SqlConnection transaction, UUID order, String by) {
        return giveUp(transaction, List.of(order))
                .call(changes -> changes.isEmpty()
                        ? Uni.createFrom().item(false)
                        : decisions.insert(
                                transaction, new Decided(order, OrderDecision.CANCELLED, "cancel:" + order, by, null)));
    }

    private static void requireAll(Set<UUID> missing) {
        missing.stream().findFirst().ifPresent(product -> {
            throw Problem.OUT_OF_STOCK.exception(Map.of("productId", product.toString()));
        });
    }

    /** Serves who waits for more of a product, now that there is some. */
    public Uni<List<OrderStatusChanged>> serveWaiting(SqlConnection transaction, UUID product) {
        return reservations
                .waiting(transaction, product)
                .chain(orders -> follow(transaction, orders))
                .map(Followed::changes);
    }

    /** Brings these orders to where they stand now. */
    public Uni<Followed> follow(SqlConnection transaction, Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return Uni.createFrom().item(Followed.NOTHING);
        }
        return store.load(transaction, orders).chain(found -> follow(transaction, found));
    }

    /** What came of it, and which of the orders there were. */
    public record Followed(Set<UUID> found, List<OrderStatusChanged> changes) {
        static final Followed NOTHING = new Followed(Set.of(), List.of());

        public Followed {
            found = Set.copyOf(found);
            changes = List.copyOf(changes);
        }
    }

    private Uni<Followed> follow(SqlConnection transaction, Map<UUID, OrderFacts> found) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(Followed.NOTHING);
        }
        Collection<OrderFacts> orders = found.values();
        List<UUID> newlyPaid =
                ids(orders, order -> OrderRules.isPaid(order) && !order.status().isPaid());
        return store.note(transaction, orders)
                .chain(() -> moveStock(transaction, orders))
                .chain(() -> carts.take(transaction, newlyPaid))
                .chain(() -> store.fulfil(transaction, ids(orders, OrderRules::isToFulfil)))
                .chain(whole -> walk(
                        transaction,
                        orders.stream()
                                .map(order -> whole.contains(order.orderId()) ? order.fulfilledNow() : order)
                                .toList()))
                .call(() -> store.leaveLetters(transaction, found.keySet()))
                .invoke(changes -> count(transaction, found, changes))
                .map(changes -> new Followed(found.keySet(), changes));
    }

    private Uni<Void> moveStock(SqlConnection transaction, Collection<OrderFacts> orders) {
        List<UUID> lost = ids(orders, order -> {
            OrderStatus standing = OrderRules.standing(order);
            return standing == OrderStatus.CANCELLED || standing == OrderStatus.FAILED;
        });
        List<UUID> paid = ids(orders, OrderRules::isPaid);
        List<UUID> refunded = ids(orders, order -> OrderRules.standing(order) == OrderStatus.REFUNDED);
        List<UUID> kept =
                paid.stream().filter(order -> !refunded.contains(order)).toList();
        return reservations
                .release(transaction, lost)
                .chain(() -> reservations.sell(transaction, paid))
                .chain(() -> reservations.claim(transaction, kept))
                .chain(missing -> refunds.owe(transaction, owed(orders, missing)))
                .chain(() -> reservations.restock(transaction, refunded));
    }

    /** What was paid and is sold out goes back, where the product's policy is not to wait for more of it. */
    private static List<Owed> owed(Collection<OrderFacts> orders, List<Short> missing) {
        Map<UUID, Long> amounts = missing.stream().collect(Collectors.toMap(Short::orderId, Short::refundMinor));
        List<Owed> owed = new ArrayList<>();
        for (OrderFacts order : orders) {
            @Nullable
            String intent = order.session() == null ? null : order.session().paymentIntentId();
            long amount = amounts.getOrDefault(order.orderId(), 0L);
            if (intent != null && amount > 0) {
                owed.add(new Owed("order:" + order.orderId() + ":sold_out", intent, amount));
            }
        }
        return owed;
    }

    /** At most two steps are between where an order is and where it stands. */
    private Uni<List<OrderStatusChanged>> walk(SqlConnection transaction, List<OrderFacts> orders) {
        List<Step> first = new ArrayList<>();
        List<Step> second = new ArrayList<>();
        for (OrderFacts order : orders) {
            List<OrderStatus> steps = OrderRules.steps(order);
            if (!steps.isEmpty()) {
                first.add(new Step(order.orderId(), order.status(), steps.getFirst()));
            }
            if (steps.size() > 1) {
                second.add(new Step(order.orderId(), steps.getFirst(), steps.getLast()));
            }
        }
        return store.step(transaction, first)
                .chain(begun -> store.step(transaction, second).map(ended -> {
                    List<OrderStatusChanged> all = new ArrayList<>(begun);
                    all.addAll(ended);
                    return all;
                }));
    }

    private void count(SqlConnection transaction, Map<UUID, OrderFacts> orders, List<OrderStatusChanged> changes) {
        changes.stream()
                .collect(Collectors.groupingBy(change ->
                        Objects.requireNonNull(orders.get(change.orderId())).paymentMethod()))
                .forEach((method, moved) -> sales.moved(transaction, method, moved));
    }

    /** What goes out of changes that no event of the inbox caused. */
    public static List<OutboxEvent> news(List<OrderStatusChanged> changes) {
        return changes.stream()
                .map(change -> OutboxEvent.of(change, "order:" + change.orderId() + ":" + change.revision(), null))
                .toList();
    }

    private static List<UUID> ids(Collection<OrderFacts> orders, Predicate<OrderFacts> which) {
        return orders.stream().filter(which).map(OrderFacts::orderId).toList();
    }
}

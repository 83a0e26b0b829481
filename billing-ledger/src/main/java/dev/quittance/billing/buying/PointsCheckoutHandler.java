package dev.quittance.billing.buying;

import dev.quittance.billing.cart.CartStore;
import dev.quittance.billing.order.OrderDraft;
import dev.quittance.billing.order.OrderHandler;
import dev.quittance.billing.order.PlacedOrder;
import dev.quittance.billing.problem.Problem;
import dev.quittance.billing.spending.Spend;
import dev.quittance.billing.spending.SpendHandler;
import dev.quittance.billing.spending.SpendOutcome;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.messaging.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Buys with points: order, lines, stock, points, cart and news in one transaction. The stock is locked before the points and
 * those before the house's account, as everywhere. A refusal undoes all of it, so that the same key may succeed later.
 */
@ApplicationScoped
class PointsCheckoutHandler {
    /** Each lost race is somebody else's success; more than this in a row is not contention any more. */
    private static final int ATTEMPTS_MAX = 100;

    private final Pool pool;
    private final OrderHandler orders;
    private final CartStore carts;
    private final GoodsStore goods;
    private final SpendHandler spends;
    private final Outbox outbox;

    PointsCheckoutHandler(
            Pool pool, OrderHandler orders, CartStore carts, GoodsStore goods, SpendHandler spends, Outbox outbox) {
        this.pool = pool;
        this.orders = orders;
        this.carts = carts;
        this.goods = goods;
        this.spends = spends;
        this.outbox = outbox;
    }

    Uni<PlacedOrder> buy(CheckoutRequest request) {
        return Uni.createFrom()
                .deferred(() -> pool.withTransaction(transaction -> buy(transaction, request)))
                .onFailure(SpendHandler::isFloor)
                .retry()
                .atMost(ATTEMPTS_MAX)
                .invoke(outbox::wake);
    }

    private Uni<PlacedOrder> buy(SqlConnection transaction, CheckoutRequest request) {
        return orders.lockAndFind(transaction, request.userId(), request.key())
                .chain(found -> found.map(order -> Uni.createFrom().item(repeated(order, request.fingerprint())))
                        .orElseGet(() -> draft(transaction, request).chain(draft -> place(transaction, draft))));
    }

    /** The same answer to the same request, and none to another one under its key. */
    static PlacedOrder repeated(PlacedOrder order, String fingerprint) {
        if (!order.fingerprint().equals(fingerprint)) {
            throw Problem.IDEMPOTENCY_KEY_REUSED.exception();
        }
        return order;
    }

    /** The order that the cart comes to now. */
    Uni<OrderDraft> draft(SqlConnection transaction, CheckoutRequest request) {
        return carts.lock(transaction, request.userId())
                .map(cart -> request.items().isEmpty() ? cart : request.items())
                .chain(lines ->
                        goods.find(transaction, lines).map(found -> CartOrderRules.draft(request, lines, found)));
    }

    private Uni<PlacedOrder> place(SqlConnection transaction, OrderDraft draft) {
        List<OrderStatusChanged> changes = new ArrayList<>();
        Spend spend = new Spend(
                draft.userId(),
                "order:" + draft.id(),
                "points",
                draft.totalPoints(),
                "order " + draft.id(),
                draft.id());
        return orders.create(transaction, draft)
                .invoke(changes::add)
                .chain(() -> spends.spend(transaction, spend))
                .map(PointsCheckoutHandler::balanceAfter)
                .chain(balance -> orders.paidWithPoints(transaction, draft.id(), balance))
                .chain(() -> orders.follow(transaction, List.of(draft.id())))
                .invoke(followed -> changes.addAll(followed.changes()))
                .chain(() -> outbox.append(transaction, OrderHandler.news(changes)))
                .chain(() -> orders.find(transaction, draft.id()))
                .map(order -> order.orElseThrow());
    }

    private static long balanceAfter(SpendOutcome outcome) {
        return switch (outcome) {
            case SpendOutcome.Spent spent -> spent.balance();
            case SpendOutcome.Insufficient(String unit, long amount, long balance) ->
                throw Problem.INSUFFICIENT_BALANCE.exception(
                        Map.of("unit", unit, "amount", amount, "balance", balance));
            case SpendOutcome.KeyReused() -> throw Problem.IDEMPOTENCY_KEY_REUSED.exception();
        };
    }
}

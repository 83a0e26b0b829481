package dev.quittance.billing.buying;

import dev.quittance.billing.order.OrderHandler;
import dev.quittance.billing.order.OrderView;
import dev.quittance.billing.order.OrderViewStore;
import dev.quittance.billing.problem.Problem;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.messaging.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives up an open order for its buyer. The page is closed first: an order that was given up and can still be paid would be
 * somebody's money for nothing. An order whose page nobody was ever told of needs no closing; it ends by itself.
 */
@ApplicationScoped
class CancelHandler {
    private static final String OPEN = "pending";
    private static final String CANCELLED = "cancelled";

    private final OrderHandler orders;
    private final OrderViewStore views;
    private final StripeCheckoutHandler stripe;
    private final Outbox outbox;
    private final Pool pool;

    CancelHandler(OrderHandler orders, OrderViewStore views, StripeCheckoutHandler stripe, Outbox outbox, Pool pool) {
        this.orders = orders;
        this.views = views;
        this.stripe = stripe;
        this.outbox = outbox;
        this.pool = pool;
    }

    /** The order as it stands then; asked again it is the same. */
    Uni<OrderView> cancel(UUID user, UUID order) {
        return find(user, order).chain(view -> switch (view.status()) {
            case CANCELLED -> Uni.createFrom().item(view);
            case OPEN ->
                close(view.sessionId())
                        .chain(() -> giveUp(user, order))
                        .chain(() -> find(user, order))
                        .invoke(CancelHandler::requireCancelled);
            default -> throw refused();
        });
    }

    private Uni<OrderView> find(UUID user, UUID order) {
        return views.find(order, user).map(found -> found.orElseThrow(Problem.NOT_FOUND::exception));
    }

    private Uni<Void> close(@Nullable String sessionId) {
        if (sessionId == null) {
            return Uni.createFrom().voidItem();
        }
        return stripe.close(sessionId)
                .invoke(answer -> {
                    switch (answer) {
                        case ExpiryAnswer.Closed _ -> {}
                        case ExpiryAnswer.Bought _ -> throw refused();
                        case ExpiryAnswer.Unknown _ -> throw Problem.STRIPE_UNAVAILABLE.exception();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<List<OrderStatusChanged>> giveUp(UUID user, UUID order) {
        return pool.withTransaction(transaction -> orders.cancel(transaction, order, user.toString())
                        .call(changes -> outbox.append(transaction, OrderHandler.news(changes))))
                .invoke(outbox::wake);
    }

    private static void requireCancelled(OrderView view) {
        if (!view.status().equals(CANCELLED)) {
            throw refused();
        }
    }

    private static WebApplicationException refused() {
        return Problem.ORDER_STATE.exception("Only an order that nobody has paid, or begun to, can be cancelled.");
    }
}

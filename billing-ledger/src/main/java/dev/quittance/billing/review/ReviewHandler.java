package dev.quittance.billing.review;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.order.DecisionStore;
import dev.quittance.billing.order.DecisionStore.Decided;
import dev.quittance.billing.order.OrderHandler;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.problem.Problem;
import dev.quittance.billing.refunding.OwedRefundStore;
import dev.quittance.billing.refunding.OwedRefundStore.Owed;
import dev.quittance.billing.wallet.WalletStore;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.messaging.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what an operator decides on an order, with all that follows from it in one transaction: what was parked for the
 * decision is applied in it too.
 */
@ApplicationScoped
class ReviewHandler {
    private final ReviewStore store;
    private final DecisionStore decisions;
    private final OrderHandler orders;
    private final OwedRefundStore refunds;
    private final WalletStore wallets;
    private final JournalStore journal;
    private final Outbox outbox;
    private final Pool pool;
    private final Inbox<BillingFact> inbox;

    ReviewHandler(
            ReviewStore store,
            DecisionStore decisions,
            OrderHandler orders,
            OwedRefundStore refunds,
            WalletStore wallets,
            JournalStore journal,
            Outbox outbox,
            Pool pool,
            Inboxes inboxes,
            BillingHandler events) {
        this.store = store;
        this.decisions = decisions;
        this.orders = orders;
        this.refunds = refunds;
        this.wallets = wallets;
        this.journal = journal;
        this.outbox = outbox;
        this.pool = pool;
        this.inbox = inboxes.inbox(events);
    }

    Uni<Void> decide(Decided decided) {
        return store.find(decided.orderId())
                .map(found -> found.orElseThrow(Problem.NOT_FOUND::exception))
                .chain(order -> carryOut(decided, order.anchor()))
                .invoke(outbox::wake);
    }

    private Uni<Void> carryOut(Decided decided, @Nullable String anchor) {
        if (anchor == null) {
            return pool.withTransaction(transaction -> decide(transaction, decided));
        }
        String subject = Subjects.operator(anchor);
        return inbox.arrive(Set.of(subject), transaction -> {
            Effects effects = new Effects();
            effects.arrived(subject);
            return decide(transaction, decided).replaceWith(effects);
        });
    }

    /** The same request again is answered as it was the first time. */
    private Uni<Void> decide(SqlConnection transaction, Decided decided) {
        return store.lock(transaction, decided.orderId())
                .map(found -> found.orElseThrow(Problem.NOT_FOUND::exception))
                .chain(order -> decisions.find(transaction, decided.key()).chain(before -> {
                    if (before.isEmpty()) {
                        return decide(transaction, decided, order);
                    }
                    if (!before.get().isSame(decided)) {
                        throw Problem.IDEMPOTENCY_KEY_REUSED.exception();
                    }
                    return Uni.createFrom().voidItem();
                }));
    }

    private Uni<Void> decide(SqlConnection transaction, Decided decided, Reviewed order) {
        @Nullable String objection = ReviewRules.objection(decided.kind(), order);
        if (objection != null) {
            throw Problem.ORDER_STATE.exception(objection);
        }
        return decisions
                .insert(transaction, decided)
                .invoke(isNew -> {
                    if (!isNew) {
                        throw Problem.ORDER_STATE.exception("This was decided before.");
                    }
                })
                .chain(() -> orders.follow(transaction, List.of(order.orderId())))
                .chain(followed -> outbox.append(transaction, OrderHandler.news(followed.changes())))
                .chain(() -> giveBack(transaction, decided, order));
    }

    private Uni<Void> giveBack(SqlConnection transaction, Decided decided, Reviewed order) {
        return switch (decided.kind()) {
            case RELEASED, CANCELLED -> Uni.createFrom().voidItem();
            case REFUSED -> {
                @Nullable String intent = order.paymentIntentId();
                yield intent == null || order.paidMinor() < 1
                        ? Uni.createFrom().voidItem()
                        : refunds.owe(
                                transaction,
                                List.of(new Owed("order:" + order.orderId() + ":refused", intent, order.paidMinor())));
            }
            case REFUNDED ->
                wallets.postings(transaction, List.of(ReviewRules.pointsBack(order)))
                        .chain(postings -> journal.post(transaction, postings))
                        .replaceWithVoid();
        };
    }
}

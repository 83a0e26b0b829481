package dev.quittance.voucher.inbox;

import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.voucher.config.VoucherConfig;
import dev.quittance.voucher.expiry.AccountAccess;
import dev.quittance.voucher.expiry.AccountMove;
import dev.quittance.voucher.expiry.ExpiryStore;
import dev.quittance.voucher.inbox.VoucherFact.AccessTold;
import dev.quittance.voucher.inbox.VoucherFact.ExpiryMoved;
import dev.quittance.voucher.inbox.VoucherFact.HoldTold;
import dev.quittance.voucher.inbox.VoucherFact.HolderKnown;
import dev.quittance.voucher.inbox.VoucherFact.MoneyMoved;
import dev.quittance.voucher.inbox.VoucherFact.PurchaseSettled;
import dev.quittance.voucher.inbox.VoucherFact.SubscriptionMoved;
import dev.quittance.voucher.issue.IssueHandler;
import dev.quittance.voucher.issue.Sale;
import dev.quittance.voucher.revocation.Hold;
import dev.quittance.voucher.revocation.MoneyState;
import dev.quittance.voucher.revocation.RevocationHandler;
import dev.quittance.voucher.revocation.RevocationHandler.News;
import dev.quittance.voucher.revocation.RevocationHandler.Told;
import dev.quittance.voucher.revocation.SubscriptionState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One transaction for all the events of a poll, of both topics: first what is issued, then what is revoked of it. */
@Singleton
final class VoucherEventsHandler implements BatchHandler<VoucherFact> {
    private final IssueHandler issue;
    private final RevocationHandler revocation;
    private final ExpiryStore expiries;
    private final boolean issueOnTrial;

    VoucherEventsHandler(IssueHandler issue, RevocationHandler revocation, ExpiryStore expiries, VoucherConfig config) {
        this.issue = issue;
        this.revocation = revocation;
        this.expiries = expiries;
        this.issueOnTrial = config.issueOnTrial();
    }

    @Override
    public Reading<VoucherFact> read(Incoming incoming) {
        return VoucherFactRules.read(incoming);
    }

    @Override
    public Uni<Effects> apply(SqlConnection transaction, List<Delivered<VoucherFact>> batch) {
        Map<Sale, Incoming> sales = new LinkedHashMap<>();
        for (Delivered<VoucherFact> delivered : batch) {
            VoucherFactRules.sale(delivered.fact(), issueOnTrial)
                    .ifPresent(sale -> sales.putIfAbsent(sale, delivered.incoming()));
        }
        Effects effects = new Effects();
        return issue.tellHolders(
                        transaction,
                        batch.stream()
                                .map(delivered -> VoucherFactRules.holder(delivered.fact()))
                                .flatMap(Optional::stream)
                                .toList())
                .chain(() -> keepExpiries(transaction, batch))
                .chain(() -> issue.issue(transaction, sales.keySet()))
                .invoke(issued -> tellIssued(effects, sales, issued.bySale()))
                .call(() -> revocation
                        .apply(transaction, news(batch, sales))
                        .invoke(told -> tellTurned(
                                effects, causes(batch, sales), batch.getFirst().incoming(), told)))
                .call(() -> issue.referTo(transaction, subscriptions(batch, sales)))
                .chain(issued -> issue.redeem(transaction, issued.toRedeem()))
                .invoke(redeemed -> redeemed.forEach(
                        event -> effects.emit(batch.getFirst().incoming(), event, "redeemed:" + event.voucherId())))
                .replaceWith(effects);
    }

    private Uni<Void> keepExpiries(SqlConnection transaction, List<Delivered<VoucherFact>> batch) {
        List<AccountMove> moves = new ArrayList<>();
        List<AccountAccess> access = new ArrayList<>();
        for (Delivered<VoucherFact> delivered : batch) {
            if (delivered.fact() instanceof ExpiryMoved(AccountMove move)) {
                moves.add(move);
            } else if (delivered.fact() instanceof AccessTold(AccountAccess told)) {
                access.add(told);
            }
        }
        return expiries.keepMoves(transaction, moves).chain(() -> expiries.keepAccess(transaction, access));
    }

    private static News news(List<Delivered<VoucherFact>> batch, Map<Sale, Incoming> sales) {
        List<MoneyState> money = new ArrayList<>();
        List<Hold> holds = new ArrayList<>();
        List<SubscriptionState> subscriptions = new ArrayList<>();
        for (Delivered<VoucherFact> delivered : batch) {
            switch (delivered.fact()) {
                case MoneyMoved(MoneyState state) -> money.add(state);
                case HoldTold(Hold hold) -> holds.add(hold);
                case SubscriptionMoved(var change) -> subscriptions.add(SubscriptionState.of(change));
                case PurchaseSettled _, HolderKnown _, ExpiryMoved _, AccessTold _ -> {
                    // Says nothing of what has become of a purchase.
                }
            }
        }
        return new News(
                sales.keySet().stream().flatMap(VoucherEventsHandler::anchors).toList(), money, holds, subscriptions);
    }

    /** Those that something was sold for, and those that provisioning tells of: each may be the later word. */
    private static Set<String> subscriptions(List<Delivered<VoucherFact>> batch, Map<Sale, Incoming> sales) {
        Set<String> subscriptions = new HashSet<>();
        for (Sale sale : sales.keySet()) {
            @Nullable String subscription = sale.subscriptionId();
            if (subscription != null) {
                subscriptions.add(subscription);
            }
        }
        for (Delivered<VoucherFact> delivered : batch) {
            if (delivered.fact() instanceof SubscriptionMoved(var change)) {
                subscriptions.add(change.subscriptionId());
            }
        }
        return subscriptions;
    }

    private static Stream<String> anchors(Sale sale) {
        return Stream.concat(Stream.of(sale.anchor()), Stream.ofNullable(sale.paidAnchor()));
    }

    private static Map<String, Incoming> causes(List<Delivered<VoucherFact>> batch, Map<Sale, Incoming> sales) {
        Map<String, Incoming> causes = new HashMap<>();
        sales.forEach((sale, incoming) -> anchors(sale).forEach(anchor -> causes.put(anchor, incoming)));
        for (Delivered<VoucherFact> delivered : batch) {
            if (delivered.fact() instanceof MoneyMoved(MoneyState state)) {
                causes.put(state.anchor(), delivered.incoming());
            }
        }
        return causes;
    }

    private static void tellIssued(Effects effects, Map<Sale, Incoming> sales, Map<Sale, List<VoucherIssued>> issued) {
        sales.forEach((sale, cause) -> {
            for (VoucherIssued event : issued.getOrDefault(sale, List.of())) {
                effects.emit(cause, event, "voucher:" + event.anchor() + ":" + event.unit());
            }
        });
    }

    private static void tellTurned(Effects effects, Map<String, Incoming> causes, Incoming otherwise, List<Told> told) {
        told.forEach(turned -> effects.emit(
                causes.getOrDefault(turned.moneyAnchor(), otherwise), turned.event(), turned.businessKey()));
    }
}

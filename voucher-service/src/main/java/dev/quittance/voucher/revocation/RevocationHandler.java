package dev.quittance.voucher.revocation;

import dev.quittance.contracts.voucher.VoucherEvent;
import dev.quittance.voucher.config.VoucherConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Remembers what was told and brings the vouchers in line with it, inside the transaction that received it. */
@Singleton
public final class RevocationHandler {
    private final RevocationStore store;
    private final RevocationRules.Policy policy;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    RevocationHandler(RevocationStore store, VoucherConfig config, InstantSource clock, MeterRegistry metrics) {
        this.store = store;
        this.policy = new RevocationRules.Policy(config.redeemedOnReversal(), config.unredeemedOnSubscriptionEnd());
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * What a batch tells of.
     *
     * @param sold the anchors of what was sold in it: their money may have gone back before
     */
    public record News(
            Collection<String> sold,
            Collection<MoneyState> money,
            Collection<Hold> holds,
            Collection<SubscriptionState> subscriptions) {}

    /** What is to be told of a voucher, and the purchase and subscription by which it turned. */
    public record Told(VoucherEvent event, String businessKey, String moneyAnchor) {}

    public Uni<List<Told>> apply(SqlConnection transaction, News news) {
        Set<String> anchors = new HashSet<>(news.sold());
        news.money().forEach(state -> anchors.add(state.anchor()));
        return store.rememberMoney(
                        transaction,
                        last(news.money(), MoneyState::anchor, Comparator.comparingLong(MoneyState::revision)))
                .chain(() -> store.rememberHolds(
                        transaction,
                        last(
                                news.holds(),
                                hold -> hold.anchor() + " " + hold.holdId(),
                                Comparator.comparing(Hold::isReleased))))
                .chain(() -> store.rememberSubscriptions(
                        transaction,
                        last(
                                news.subscriptions(),
                                state -> state.stripeAccount() + " " + state.subscriptionId(),
                                Comparator.comparingLong(SubscriptionState::revision))))
                .chain(() -> anchors.isEmpty()
                        ? Uni.createFrom().item(List.<String>of())
                        : store.reversedAmong(transaction, anchors))
                .chain(reversed -> align(
                        transaction,
                        reversed,
                        news.subscriptions().stream()
                                .map(SubscriptionState::subscriptionId)
                                .distinct()
                                .toList()));
    }

    private Uni<List<Told>> align(SqlConnection transaction, List<String> anchors, List<String> subscriptions) {
        if (anchors.isEmpty() && subscriptions.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return store.lock(transaction, anchors, subscriptions)
                .chain(vouchers -> vouchers.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : situation(transaction, vouchers)
                                .chain(situation ->
                                        turn(transaction, RevocationRules.turns(vouchers, situation, policy))));
    }

    /** Asked once the vouchers are locked, so that what another transaction told meanwhile is seen. */
    private Uni<RevocationRules.Situation> situation(SqlConnection transaction, List<Holding> vouchers) {
        return store.money(
                        transaction,
                        vouchers.stream().map(Holding::moneyAnchor).distinct().toList())
                .chain(money -> store.subscriptions(
                                transaction,
                                vouchers.stream()
                                        .map(Holding::subscriptionId)
                                        .filter(Objects::nonNull)
                                        .distinct()
                                        .toList())
                        .map(subscriptions -> new RevocationRules.Situation(money, subscriptions)));
    }

    private Uni<List<Told>> turn(SqlConnection transaction, List<Turn> turns) {
        if (turns.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Instant now = clock.instant();
        return store.turn(transaction, turns, now)
                .invoke(() -> turns.forEach(turn -> metrics.counter(
                                "voucher.revocations", "kind", turn.isRevocation() ? "revoked" : "restored")
                        .increment()))
                .map(_ -> turns.stream().map(turn -> told(turn, now)).toList());
    }

    private static Told told(Turn turn, Instant now) {
        String kind = turn.isRevocation() ? "revoked:" : "restored:";
        return new Told(
                turn.event(now),
                kind + turn.voucher().id() + ":" + turn.revision(),
                turn.voucher().moneyAnchor());
    }

    /** One for each key, in an order in which two transactions cannot wait for each other. */
    private static <T> Collection<T> last(Collection<T> all, Function<T, String> key, Comparator<T> order) {
        Map<String, T> last = new TreeMap<>();
        all.forEach(one -> last.merge(key.apply(one), one, BinaryOperator.maxBy(order)));
        return last.values();
    }
}

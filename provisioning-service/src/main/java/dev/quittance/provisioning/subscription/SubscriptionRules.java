package dev.quittance.provisioning.subscription;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.provisioning.subscription.Snapshot.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds how a subscription stands in all that was said of it. The answer depends on what was said and never on the order in
 * which it came, so nothing older can undo something newer.
 */
public final class SubscriptionRules {
    private static final Comparator<Snapshot> BY_VERSION = Comparator.<Snapshot>comparingInt(
                    snapshot -> progress(SubscriptionState.of(snapshot.status())))
            .thenComparingLong(Snapshot::second)
            .thenComparingInt(Snapshot::updates);

    /** Only for what nothing else tells apart: arbitrary, but always alike. */
    private static final Comparator<Snapshot> BY_CHANCE = Comparator.<Snapshot, Instant>comparing(
                    snapshot -> snapshot.periodEnd() == null ? Instant.MIN : snapshot.periodEnd())
            .thenComparing(Snapshot::eventId);

    private SubscriptionRules() {}

    /** What was not paid for the first time cannot come back, and what has ended cannot go on, whatever the clock says. */
    public static int progress(SubscriptionState state) {
        return switch (state) {
            case SubscriptionState.Incomplete _ -> 0;
            case SubscriptionState.Trialing _ -> 1;
            case SubscriptionState.Active _ -> 1;
            case SubscriptionState.PastDue _ -> 1;
            case SubscriptionState.Unpaid _ -> 1;
            case SubscriptionState.Paused _ -> 1;
            case SubscriptionState.Unknown _ -> 1;
            case SubscriptionState.IncompleteExpired _ -> 2;
            case SubscriptionState.Canceled _ -> 2;
        };
    }

    public static boolean isOver(SubscriptionState state) {
        return progress(state) == 2;
    }

    /** The newest. Of several in one second it is the one that no other one says it came after. */
    public static Snapshot head(Collection<Snapshot> states) {
        Snapshot newest = states.stream().max(BY_VERSION).orElseThrow();
        List<Snapshot> candidates = states.stream()
                .filter(state -> BY_VERSION.compare(state, newest) == 0)
                .toList();
        List<Snapshot> last = candidates.stream()
                .filter(state -> candidates.stream().noneMatch(other -> follows(other, state)))
                .toList();
        return (last.isEmpty() ? candidates : last).stream().max(BY_CHANCE).orElseThrow();
    }

    /** Whether an event names the other one's state as what was before, and not the reverse. */
    private static boolean follows(Snapshot later, Snapshot earlier) {
        return !later.eventId().equals(earlier.eventId()) && comesAfter(later, earlier) && !comesAfter(earlier, later);
    }

    private static boolean comesAfter(Snapshot later, Snapshot earlier) {
        Map<String, String> attributes = attributes(earlier);
        return !later.previous().isEmpty()
                && later.previous().entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(attributes.get(entry.getKey())));
    }

    /** What two events of one second are told apart by, named and spelt as in {@link Snapshot#previous}. */
    static Map<String, String> attributes(Snapshot snapshot) {
        return Map.of(
                "status",
                snapshot.status(),
                "cancel_at_period_end",
                String.valueOf(snapshot.cancelsAtPeriodEnd()),
                "cancel_at",
                seconds(snapshot.cancelAt()),
                "current_period_end",
                seconds(snapshot.periodEnd()),
                "pause_collection",
                snapshot.pausedBehavior() == null ? "null" : snapshot.pausedBehavior());
    }

    /** As an attribute is spelt. */
    public static String seconds(@Nullable Instant moment) {
        return moment == null ? "null" : String.valueOf(moment.getEpochSecond());
    }

    /** An item, and whether the subscription still has it. */
    public record KnownItem(Item item, boolean current) {}

    /** Every item that there ever was, as it was last. */
    static List<KnownItem> items(Collection<Snapshot> states) {
        Snapshot head = head(states);
        Map<String, Item> known = new LinkedHashMap<>();
        inOrder(states, head).forEach(state -> state.items().forEach(item -> known.put(item.itemId(), item)));
        boolean isOver = isOver(SubscriptionState.of(head.status()));
        List<String> current = head.items().stream().map(Item::itemId).toList();
        return known.values().stream()
                .map(item -> new KnownItem(item, !isOver && current.contains(item.itemId())))
                .toList();
    }

    /** One price in the history of a customer's plans. */
    public record PlanSpan(
            String priceId, Instant since, @Nullable Instant until) {}

    /** Every price that the subscription ever had, since when and until when. */
    static List<PlanSpan> plans(Collection<Snapshot> states) {
        Snapshot head = head(states);
        Map<String, PlanSpan> spans = new LinkedHashMap<>();
        for (Snapshot state : inOrder(states, head)) {
            Instant at = Instant.ofEpochSecond(state.second());
            boolean isOver = isOver(SubscriptionState.of(state.status()));
            List<String> prices = state.items().stream()
                    .map(Item::priceId)
                    .flatMap(price -> Optional.ofNullable(price).stream())
                    .distinct()
                    .toList();
            spans.replaceAll((price, span) -> span.until() == null && (isOver || !prices.contains(price))
                    ? new PlanSpan(price, span.since(), at)
                    : span);
            for (String price : prices) {
                PlanSpan span = spans.get(price);
                Instant since = span == null ? begin(state, at) : span.since();
                if (!isOver || span == null) {
                    spans.put(price, new PlanSpan(price, since, isOver ? at : null));
                }
            }
        }
        return List.copyOf(spans.values());
    }

    /** What is listed stands for all that was before it was. */
    private static Instant begin(Snapshot state, Instant at) {
        return StripeSnapshot.isId(state.eventId()) && state.created() != null ? state.created() : at;
    }

    /** What is listed is no part of a history that was heard from its beginning. */
    private static List<Snapshot> inOrder(Collection<Snapshot> states, Snapshot head) {
        boolean isHeard =
                states.stream().anyMatch(state -> state.updates() == 0 && !StripeSnapshot.isId(state.eventId()));
        List<Snapshot> ordered = new ArrayList<>(states.stream()
                .filter(state -> !state.eventId().equals(head.eventId()))
                .filter(state -> !isHeard || !StripeSnapshot.isId(state.eventId()))
                .sorted(BY_VERSION.thenComparing(BY_CHANCE))
                .toList());
        ordered.add(head);
        return ordered;
    }

    /** The term of each voucher that comes with a period: by the price, else by its product. */
    static List<VoucherTerm> vouchers(Snapshot head, Function<String, Optional<VoucherTerm>> ofProduct) {
        List<VoucherTerm> vouchers = new ArrayList<>();
        for (Item item : head.items()) {
            Optional<VoucherTerm> term =
                    own(item).or(() -> item.productId() == null ? Optional.empty() : ofProduct.apply(item.productId()));
            long count = item.quantity() == null ? 1 : item.quantity();
            term.ifPresent(voucher -> {
                for (long i = 0; i < count && vouchers.size() < PaymentSettled.VOUCHERS_MAX; i++) {
                    vouchers.add(voucher);
                }
            });
        }
        return vouchers;
    }

    private static Optional<VoucherTerm> own(Item item) {
        int months = item.voucherMonths() == null ? 0 : item.voucherMonths();
        int days = item.voucherDays() == null ? 0 : item.voucherDays();
        return VoucherTerm.isValid(months, days) ? Optional.of(new VoucherTerm(months, days)) : Optional.empty();
    }
}

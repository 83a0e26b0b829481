package dev.quittance.provisioning.subscription;

import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.provisioning.plan.CatalogueKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the other services are told of a subscription, and when: whenever it differs from what they were told before. */
public final class TellingRules {
    private TellingRules() {}

    /**
     * @param telling what is kept, to compare the next state with
     */
    public record Change(SubscriptionChanged event, String telling) {}

    /** The products whose metadata may give vouchers. */
    public static Set<CatalogueKey> products(Standing standing) {
        return standing.head().items().stream()
                .flatMap(item -> Optional.ofNullable(item.productId()).stream())
                .map(product -> new CatalogueKey(standing.key().stripeAccount(), product))
                .collect(Collectors.toSet());
    }

    public static Optional<Change> change(
            Standing standing, @Nullable Instant paidUntil, Map<CatalogueKey, VoucherTerm> ofProducts, Instant now) {
        Snapshot head = standing.head();
        Instant periodEnd = paidUntil == null && head.status().equals("trialing") ? head.trialEnd() : paidUntil;
        List<VoucherTerm> vouchers = isHistory(standing, periodEnd)
                ? List.of()
                : SubscriptionRules.vouchers(
                        head,
                        product -> Optional.ofNullable(
                                ofProducts.get(new CatalogueKey(standing.key().stripeAccount(), product))));
        String telling = head.status() + "|" + SubscriptionRules.seconds(periodEnd) + "|" + terms(vouchers);
        String told = standing.told();
        if (telling.equals(told)) {
            return Optional.empty();
        }
        SubscriptionChanged event = new SubscriptionChanged(
                standing.userId(),
                standing.accountNumber(),
                standing.key().stripeAccount(),
                standing.key().id(),
                told == null ? null : told.substring(0, told.indexOf('|')),
                head.status(),
                periodEnd,
                vouchers,
                standing.revision() + 1,
                now);
        return Optional.of(new Change(event, telling));
    }

    /** What ran already when it was listed had its vouchers from whoever sold it, if it had any. */
    private static boolean isHistory(Standing standing, @Nullable Instant periodEnd) {
        return periodEnd != null
                && standing.states().stream().noneMatch(state -> isHeardBefore(state, periodEnd))
                && standing.states().stream()
                        .filter(state -> StripeSnapshot.isId(state.eventId()))
                        .flatMap(TellingRules::ends)
                        .anyMatch(end -> !periodEnd.isAfter(end));
    }

    /** Of who was heard live before the period began, the period is ours, whatever is listed meanwhile. */
    private static boolean isHeardBefore(Snapshot state, Instant periodEnd) {
        Instant end = state.periodEnd();
        return !StripeSnapshot.isId(state.eventId())
                && (state.updates() == 0 || (end != null && end.isBefore(periodEnd)));
    }

    private static Stream<Instant> ends(Snapshot listed) {
        boolean isRunning = listed.status().equals("active") || listed.status().equals("trialing");
        return isRunning
                ? Stream.concat(Stream.ofNullable(listed.periodEnd()), Stream.ofNullable(listed.trialEnd()))
                : Stream.ofNullable(listed.periodStart());
    }

    private static String terms(List<VoucherTerm> vouchers) {
        return vouchers.stream()
                .collect(Collectors.groupingBy(
                        term -> term.months() + "m" + term.days() + "d", java.util.TreeMap::new, Collectors.counting()))
                .toString();
    }
}

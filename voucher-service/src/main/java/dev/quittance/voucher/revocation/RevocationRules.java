package dev.quittance.voucher.revocation;

import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.config.VoucherConfig.EndPolicy;
import dev.quittance.voucher.config.VoucherConfig.RedeemedPolicy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which vouchers are revoked as things stand. The answer follows from the money, the subscription and what was redeemed,
 * not from what was revoked before: so the order in which the news came leaves no trace.
 */
final class RevocationRules {
    private static final String ACTIVE = "active";
    private static final String REDEEMED = "redeemed";
    private static final String SUBSCRIPTION = "subscription:";
    private static final Set<String> ENDED = Set.of("canceled", "unpaid", "incomplete_expired");

    /** For weighing terms against each other only. */
    private static final int DAYS_OF_MONTH = 30;

    private RevocationRules() {}

    /** What an installation decides. */
    record Policy(RedeemedPolicy redeemed, EndPolicy subscriptionEnd) {}

    /** How the money and the subscriptions stand. */
    record Situation(Collection<MoneyState> money, Collection<SubscriptionState> subscriptions) {}

    /** Everything that has to change, nothing when all is as it should be. */
    static List<Turn> turns(Collection<Holding> vouchers, Situation situation, Policy policy) {
        Map<UUID, String> revoked = new HashMap<>();
        if (policy.subscriptionEnd() == EndPolicy.VOID) {
            situation.subscriptions().stream()
                    .filter(state -> ENDED.contains(state.status()))
                    .forEach(state -> vouchers.stream()
                            .filter(voucher -> isOf(voucher, state)
                                    && voucher.naturalStatus().equals(ACTIVE))
                            .forEach(voucher -> revoked.put(voucher.id(), SUBSCRIPTION + state.subscriptionId())));
        }
        Map<String, List<Holding>> purchases = vouchers.stream().collect(Collectors.groupingBy(Holding::moneyAnchor));
        for (MoneyState money : situation.money()) {
            taken(purchases.getOrDefault(money.anchor(), List.of()), money, policy.redeemed())
                    .forEach(id -> revoked.put(id, money.reversalId()));
        }
        List<Turn> turns = new ArrayList<>();
        for (Holding voucher : vouchers) {
            String cause = revoked.get(voucher.id());
            if (cause != null && voucher.revokedFrom() == null) {
                turns.add(new Turn(voucher, revokedStatus(voucher.status()), true, cause));
            } else if (cause == null && voucher.revokedFrom() != null) {
                turns.add(new Turn(voucher, voucher.naturalStatus(), false, String.valueOf(voucher.revocation())));
            }
        }
        return turns;
    }

    /**
     * What the reversed part of the money takes: of the purchase's time no more than that part, the unredeemed first, and
     * of these first what still is worth something; of equals the last sold. All of it when all the money went back.
     */
    static Set<UUID> taken(List<Holding> purchase, MoneyState money, RedeemedPolicy redeemed) {
        if (money.reversedMinor() <= 0) {
            return Set.of();
        }
        long left = budgetDays(purchase, money);
        Set<UUID> taken = new HashSet<>();
        for (Holding voucher : purchase.stream()
                .sorted(Comparator.comparingInt(RevocationRules::rank)
                        .thenComparing(Comparator.comparingInt(Holding::unit).reversed()))
                .toList()) {
            boolean stays =
                    redeemed == RedeemedPolicy.KEEP && voucher.naturalStatus().equals(REDEEMED);
            long days = days(voucher.term());
            if (!stays && days <= left) {
                left -= days;
                taken.add(voucher.id());
            }
        }
        return taken;
    }

    private static long budgetDays(List<Holding> purchase, MoneyState money) {
        long all = purchase.stream().mapToLong(voucher -> days(voucher.term())).sum();
        return money.reversedMinor() >= money.paidMinor()
                ? all
                : BigInteger.valueOf(all)
                        .multiply(BigInteger.valueOf(money.reversedMinor()))
                        .divide(BigInteger.valueOf(money.paidMinor()))
                        .longValueExact();
    }

    private static int rank(Holding voucher) {
        return switch (voucher.naturalStatus()) {
            case ACTIVE -> 0;
            case REDEEMED -> 2;
            default -> 1;
        };
    }

    private static long days(VoucherTerm term) {
        return (long) DAYS_OF_MONTH * term.months() + term.days();
    }

    private static boolean isOf(Holding voucher, SubscriptionState state) {
        return state.subscriptionId().equals(voucher.subscriptionId())
                && state.stripeAccount().equals(voucher.stripeAccount());
    }

    private static String revokedStatus(String status) {
        return switch (status) {
            case ACTIVE -> "void";
            case REDEEMED -> "reversed";
            default -> status;
        };
    }
}

package dev.quittance.billing.reversal;

import dev.quittance.billing.reversal.Reversal.Change;
import dev.quittance.billing.reversal.Reversal.HoldChange;
import dev.quittance.billing.reversal.Standing.Applied;
import dev.quittance.billing.reversal.Standing.Claim;
import dev.quittance.billing.reversal.Standing.Disputed;
import dev.quittance.billing.reversal.Standing.Doubt;
import dev.quittance.contracts.money.Money;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What money that went back takes of a purchase. Decided from all that is known at once, and told as the difference to what
 * was told before: so neither the order of refunds and disputes nor their repetition matters, and never more is taken than
 * was paid and granted.
 */
final class ReversalRules {
    private static final Set<String> OPEN = Set.of("needs_response", "under_review");

    private ReversalRules() {}

    static Reversal decide(Standing standing) {
        Map<String, Applied> wanted = allot(
                claims(standing),
                standing.surplus().excessMinor(),
                standing.paid().amountMinor());
        long inAll = standing.applied().values().stream()
                .mapToLong(Applied::amountMinor)
                .sum();
        long revision = standing.revision();
        List<Change> changes = new ArrayList<>();
        // What comes back first, so that what all take together is never more than was paid.
        for (boolean back : new boolean[] {true, false}) {
            Set<String> ids = new TreeSet<>(wanted.keySet());
            ids.addAll(standing.applied().keySet());
            for (String id : ids) {
                Applied before = standing.applied().get(id);
                Applied after = wanted.get(id);
                long difference =
                        (after == null ? 0 : after.amountMinor()) - (before == null ? 0 : before.amountMinor());
                if (difference == 0 || back != difference < 0) {
                    continue;
                }
                Applied source = after == null ? java.util.Objects.requireNonNull(before) : after;
                inAll += difference;
                revision++;
                changes.add(new Change(
                        id,
                        source.cause(),
                        after == null ? 0 : after.amountMinor(),
                        difference,
                        inAll,
                        revision,
                        source.at()));
            }
        }
        return new Reversal(
                changes,
                holds(standing),
                inAll,
                share(standing.points(), inAll, standing.paid()),
                share(standing.credits(), inAll, standing.paid()),
                revision);
    }

    /** How much of a grant goes with so much of the money; all of it with all of the money. */
    static long share(long granted, long reversed, Money paid) {
        if (granted == 0 || reversed == 0) {
            return 0;
        }
        return BigInteger.valueOf(granted)
                .multiply(BigInteger.valueOf(reversed))
                .divide(BigInteger.valueOf(paid.amountMinor()))
                .longValueExact();
    }

    private static List<Claim> claims(Standing standing) {
        List<Claim> claims = new ArrayList<>(standing.refunds());
        for (Disputed dispute : standing.disputes()) {
            long amount = taken(dispute, standing.paid());
            if (amount > 0) {
                claims.add(new Claim(dispute.id(), "dispute", amount, dispute.at()));
            }
        }
        return claims;
    }

    /**
     * What a dispute takes, in the purchase's currency. Its movements say whether it takes anything; where no payload has
     * them, its state does. A dispute that cannot be expressed in the purchase's currency takes all of it.
     */
    static long taken(Disputed dispute, Money paid) {
        boolean stands = dispute.movementsKnown()
                ? dispute.movedMinor() > 0
                : dispute.status().equals("lost")
                        || (dispute.withdrawn()
                                && !dispute.reinstated()
                                && !dispute.status().equals("won"));
        if (!stands) {
            return 0;
        }
        if (dispute.movedCurrency().equals(paid.currency())) {
            return dispute.movedMinor();
        }
        return dispute.currency().equals(paid.currency()) ? dispute.amountMinor() : paid.amountMinor();
    }

    /** The older claim first, each as much as is left, after what gave nothing went back. */
    private static Map<String, Applied> allot(List<Claim> claims, long surplus, long paid) {
        List<Claim> sorted = new ArrayList<>(claims);
        sorted.sort(Comparator.comparing(Claim::at).thenComparing(Claim::id));
        Map<String, Applied> allotted = new LinkedHashMap<>();
        long free = surplus;
        long left = paid;
        for (Claim claim : sorted) {
            long ofSurplus = Math.min(free, claim.amountMinor());
            free -= ofSurplus;
            long amount = Math.min(left, claim.amountMinor() - ofSurplus);
            if (amount > 0) {
                allotted.put(claim.id(), new Applied(claim.cause(), amount, claim.at()));
                left -= amount;
            }
        }
        return allotted;
    }

    /** An inquiry does not hold: no money moved and most come to nothing. */
    private static List<HoldChange> holds(Standing standing) {
        List<Doubt> doubts = new ArrayList<>(standing.doubts());
        standing.disputes().stream()
                .map(dispute -> new Doubt(dispute.id(), "dispute", OPEN.contains(dispute.status()), dispute.at()))
                .forEach(doubts::add);
        List<HoldChange> changes = new ArrayList<>();
        for (Doubt doubt : doubts) {
            Boolean released = standing.holds().get(doubt.id());
            if (doubt.open() && released == null) {
                changes.add(new HoldChange(doubt.id(), doubt.reason(), false, doubt.at()));
            } else if (!doubt.open() && Boolean.FALSE.equals(released)) {
                changes.add(new HoldChange(doubt.id(), doubt.reason(), true, doubt.at()));
            }
        }
        return changes;
    }
}

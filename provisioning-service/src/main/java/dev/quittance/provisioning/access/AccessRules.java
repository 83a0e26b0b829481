package dev.quittance.provisioning.access;

import dev.quittance.provisioning.access.SubscriptionAccessRules.Claim;
import dev.quittance.provisioning.account.ExpiryRules;
import dev.quittance.provisioning.account.TimeMove;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Derives access: everything live that gives it, together, minus what is held. */
public final class AccessRules {
    private static final String ACTIVE = "active";

    private AccessRules() {}

    public static Access access(AccessInputs inputs, Policy policy, Instant now) {
        if (!inputs.status().equals(ACTIVE)) {
            return none(List.of("closed"));
        }
        if (inputs.isMarkedInactive()) {
            return none(List.of("paused"));
        }
        List<String> held = inputs.holds().stream()
                .filter(policy.holdFor()::contains)
                .map(reason -> "held-" + reason.replace('_', '-'))
                .distinct()
                .sorted()
                .toList();
        return held.isEmpty() ? derived(claims(inputs, policy, now)) : none(held);
    }

    private static List<Claim> claims(AccessInputs inputs, Policy policy, Instant now) {
        Set<String> trials = trials(inputs, policy);
        List<Claim> claims = new ArrayList<>();
        for (Subscribed subscription : inputs.subscriptions()) {
            claims.add(SubscriptionAccessRules.claim(subscription, trials.contains(subscription.id()), policy, now));
        }
        claims.add(time(inputs, policy, now));
        return claims;
    }

    /** The time of the account, without what subscriptions paid for that are held. */
    private static Claim time(AccessInputs inputs, Policy policy, Instant now) {
        Set<String> suspended = inputs.subscriptions().stream()
                .filter(subscription -> SubscriptionAccessRules.isSuspended(subscription, policy))
                .map(Subscribed::id)
                .collect(Collectors.toSet());
        List<TimeMove> moves = inputs.moves().stream()
                .filter(move -> move.invoice() == null
                        || !suspended.contains(move.invoice().subscriptionId()))
                .toList();
        @Nullable Instant expiry = ExpiryRules.expiry(inputs.base(), moves);
        if (expiry == null) {
            return new Claim.Nothing("not-yet-paid");
        }
        return expiry.isAfter(now) ? new Claim.Gives(expiry, "paid") : new Claim.Nothing("expired");
    }

    /** The subscriptions whose trial counts: the first of the user, if it is the first with the user's card as well. */
    private static Set<String> trials(AccessInputs inputs, Policy policy) {
        return inputs.subscriptions().stream()
                .filter(subscription -> subscription.trialStart() != null || subscription.trialEnd() != null)
                .sorted(Comparator.<Subscribed, Instant>comparing(AccessRules::tried)
                        .thenComparing(Subscribed::id))
                .limit(policy.trialsPerUser())
                .filter(subscription ->
                        inputs.cardTrials().getOrDefault(subscription.id(), 0L) < policy.trialsPerCard())
                .map(Subscribed::id)
                .collect(Collectors.toSet());
    }

    private static Instant tried(Subscribed subscription) {
        Instant start = subscription.trialStart() == null ? subscription.trialEnd() : subscription.trialStart();
        return start == null ? Instant.MAX : start;
    }

    private static Access derived(List<Claim> claims) {
        List<Claim.Gives> giving = claims.stream()
                .filter(Claim.Gives.class::isInstance)
                .map(Claim.Gives.class::cast)
                .sorted(Comparator.comparing(Claim.Gives::until).reversed().thenComparing(Claim.Gives::reason))
                .toList();
        if (giving.isEmpty()) {
            return none(claims.stream().map(Claim::reason).distinct().toList());
        }
        return new Access(
                true,
                giving.getFirst().until(),
                giving.stream().map(Claim.Gives::reason).distinct().sorted().toList(),
                giving.getLast().until());
    }

    private static Access none(List<String> reasons) {
        return new Access(false, null, reasons, null);
    }
}

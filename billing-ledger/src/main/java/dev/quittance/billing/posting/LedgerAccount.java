package dev.quittance.billing.posting;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account of the chart. Accounts are made when they are first posted to.
 *
 * @param unit a currency, {@code points} or {@code credits}
 * @param userId null for a house account; a user's account never goes below zero
 */
public record LedgerAccount(
        String name, String unit, @Nullable UUID userId) {
    public LedgerAccount {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(unit, "unit is null");
    }

    /** What Stripe holds for us. */
    public static LedgerAccount stripeClearing(String currency) {
        return new LedgerAccount("stripe_clearing:" + currency, currency, null);
    }

    /** What Stripe kept. */
    public static LedgerAccount stripeFees(String currency) {
        return new LedgerAccount("stripe_fees:" + currency, currency, null);
    }

    public static LedgerAccount revenue(String currency) {
        return new LedgerAccount("revenue:" + currency, currency, null);
    }

    /** All points, or all credits, that were ever given: the other side of the users' accounts. */
    public static LedgerAccount issued(String unit) {
        return new LedgerAccount(unit + "_issued", unit, null);
    }

    /** Where users' points, or credits, go when they are spent. */
    public static LedgerAccount spent(String unit) {
        return new LedgerAccount(unit + "_spent", unit, null);
    }

    public static LedgerAccount user(UUID userId, String unit) {
        return new LedgerAccount("user:" + userId + ":" + unit, unit, userId);
    }

    /** Stored beside the account, for people and for the floor. */
    String kind() {
        return userId == null ? "house" : "user";
    }
}

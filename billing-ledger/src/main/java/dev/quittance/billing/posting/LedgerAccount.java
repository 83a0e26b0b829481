package dev.quittance.billing.posting;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account of the chart. Accounts are made when they are first posted to.
 *
 * @param unit a currency, {@code points}, {@code credits} or {@code day}
 * @param userId null for a house account
 */
public record LedgerAccount(
        String name, String unit, Kind kind, @Nullable UUID userId) {
    /** Stored beside the account, for people and for its limits. */
    public enum Kind {
        HOUSE("house"),
        /** What a user has: never below zero. */
        USER("user"),
        /** What a user owes: never above zero. */
        RECEIVABLE("receivable");

        private final String token;

        Kind(String token) {
            this.token = token;
        }

        /** As it is stored. */
        String token() {
            return token;
        }
    }

    public LedgerAccount {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(unit, "unit is null");
    }

    /** What Stripe holds for us. */
    public static LedgerAccount stripeClearing(String currency) {
        return house("stripe_clearing", currency);
    }

    /** What Stripe kept. */
    public static LedgerAccount stripeFees(String currency) {
        return house("stripe_fees", currency);
    }

    public static LedgerAccount revenue(String currency) {
        return house("revenue", currency);
    }

    /** What was given back of the revenue. */
    public static LedgerAccount refunds(String currency) {
        return house("refunds", currency);
    }

    /** What was taken for disputes that are not decided. */
    public static LedgerAccount disputeHold(String currency) {
        return house("dispute_hold", currency);
    }

    public static LedgerAccount disputeLoss(String currency) {
        return house("dispute_loss", currency);
    }

    /** What Stripe paid out to us. */
    public static LedgerAccount bank(String currency) {
        return house("bank", currency);
    }

    /** What of the revenue is the state's. */
    public static LedgerAccount tax(String currency) {
        return house("tax", currency);
    }

    /** What customers owe for invoices. */
    public static LedgerAccount receivable(String currency) {
        return house("receivable", currency);
    }

    /** What Stripe keeps for customers against later invoices. */
    public static LedgerAccount customerCredit(String currency) {
        return house("customer_credit", currency);
    }

    public static LedgerAccount badDebt(String currency) {
        return house("bad_debt", currency);
    }

    /** What nobody could say yet where it belongs. */
    public static LedgerAccount suspense(String currency) {
        return house("suspense", currency);
    }

    /** All points, or all credits, that were ever given: the other side of the users' accounts. */
    public static LedgerAccount issued(String unit) {
        return new LedgerAccount(unit + "_issued", unit, Kind.HOUSE, null);
    }

    /** What was given and will never be used. */
    public static LedgerAccount breakage(String unit) {
        return new LedgerAccount(unit + "_breakage", unit, Kind.HOUSE, null);
    }

    /** Where sold days are: in vouchers, or given to accounts. */
    public static LedgerAccount ofDays(String place) {
        return new LedgerAccount("day_" + place, "day", Kind.HOUSE, null);
    }

    /** Where users' points, or credits, go when they are spent. */
    public static LedgerAccount spent(String unit) {
        return new LedgerAccount(unit + "_spent", unit, Kind.HOUSE, null);
    }

    public static LedgerAccount user(UUID userId, String unit) {
        return new LedgerAccount("user:" + userId + ":" + unit, unit, Kind.USER, userId);
    }

    /** What a user owes in a unit, because it was taken back after it had been spent. */
    public static LedgerAccount receivable(UUID userId, String unit) {
        return new LedgerAccount("receivable:" + userId + ":" + unit, unit, Kind.RECEIVABLE, userId);
    }

    private static LedgerAccount house(String name, String currency) {
        return new LedgerAccount(name + ":" + currency, currency, Kind.HOUSE, null);
    }
}

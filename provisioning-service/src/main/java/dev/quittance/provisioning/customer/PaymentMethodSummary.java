package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** As much of a payment method as its owner needs to know it again: brand, last four digits and expiry, nothing more. */
public record PaymentMethodSummary(
        String stripeAccount,
        String id,
        String type,
        @Nullable String brand,
        @Nullable String lastFour,
        @Nullable Integer expiryMonth,
        @Nullable Integer expiryYear,
        boolean isAttached,
        Stamp stamp) {
    public PaymentMethodSummary {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(id, "id is null");
        requireNonNull(type, "type is null");
        requireNonNull(stamp, "stamp is null");
    }
}

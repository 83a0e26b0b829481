package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a customer pays by default and where the bills go; whatever Stripe says last stands, nothing included.
 *
 * @param billingAddress a JSON object
 */
public record CustomerDetail(
        CustomerKey key,
        @Nullable String defaultPaymentMethod,
        @Nullable String billingAddress,
        Stamp stamp) {
    public CustomerDetail {
        requireNonNull(key, "key is null");
        requireNonNull(stamp, "stamp is null");
    }
}

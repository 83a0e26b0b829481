package dev.quittance.billing.fact;

import java.util.Objects;

/** A customer was deleted at Stripe, and stays so. */
public record CustomerGone(String account, String customerId) implements StripeFact {
    public CustomerGone {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(customerId, "customerId is null");
    }
}

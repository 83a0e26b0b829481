package dev.quittance.billing.fact;

import java.util.Objects;
import java.util.UUID;

/** Provisioning knows whose a Stripe customer is. */
public record CustomerKnown(String account, String customerId, UUID userId, String accountNumber)
        implements BillingFact {
    public CustomerKnown {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(customerId, "customerId is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
    }
}

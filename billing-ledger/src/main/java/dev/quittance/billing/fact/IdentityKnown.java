package dev.quittance.billing.fact;

import java.util.Objects;
import java.util.UUID;

/** Provisioning knows whose a checkout session is. */
public record IdentityKnown(String account, String sessionId, UUID userId, String accountNumber)
        implements BillingFact {
    public IdentityKnown {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(sessionId, "sessionId is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
    }
}

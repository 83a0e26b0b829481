package dev.quittance.contracts.provisioning;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * It is known whom a Stripe subject belongs to. Sent once for each customer linked and once for each checkout session
 * resolved: the session's own answer decides its purchase, whoever the customer was thought to be before.
 *
 * @param stripeAccount the connected account, or empty for the platform's own
 * @param stripeCustomerId the customer, when the subject has one
 * @param checkoutSessionId the session, when it was one that was resolved
 */
public record CustomerProvisioned(
        UUID userId,
        String accountNumber,
        String stripeAccount,
        @Nullable String stripeCustomerId,
        @Nullable String checkoutSessionId,
        Instant occurredAt)
        implements ProvisioningEvent {
    public CustomerProvisioned {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(stripeAccount, "stripeAccount is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}

package dev.quittance.contracts.provisioning;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Two answers to whose a Stripe subject is; an operator decides.
 *
 * @param userId the user that the safer evidence names
 * @param subject the Stripe id whose owner is in doubt
 * @param reason a stable code
 */
public record IdentityMismatchFound(
        UUID userId, String stripeAccount, String subject, String reason, Instant occurredAt)
        implements ProvisioningEvent {
    public IdentityMismatchFound {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(stripeAccount, "stripeAccount is null");
        Objects.requireNonNull(subject, "subject is null");
        Objects.requireNonNull(reason, "reason is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}

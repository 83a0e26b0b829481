package dev.quittance.provisioning.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the history of who was linked to what.
 *
 * @param subject the customer's or session's id
 * @param action {@code linked}, {@code linked-alias}, {@code moved}, {@code mismatch:...}
 */
public record AuditEntry(
        String stripeAccount,
        String subject,
        String action,
        @Nullable UUID userId,
        @Nullable UUID otherUserId) {
    /** Of a user who has a customer already. */
    static final String LINKED_ALIAS = "linked-alias";
}

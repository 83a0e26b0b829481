package dev.quittance.provisioning.mismatch;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mismatch as an operator sees it.
 *
 * @param waiting how many events wait for the decision
 */
public record MismatchView(
        long id,
        String stripeAccount,
        String subject,
        String reason,
        @Nullable UUID userId,
        @Nullable String userEmail,
        @Nullable UUID otherUserId,
        @Nullable String otherUserEmail,
        long waiting,
        Instant recordedAt) {}

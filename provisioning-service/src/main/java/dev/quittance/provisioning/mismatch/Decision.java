package dev.quittance.provisioning.mismatch;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a mismatch.
 *
 * @param assignTo the user whose the subject is; null when all is well as it is
 * @param decidedBy {@code operator:} or {@code claim:} and who
 */
public record Decision(@Nullable UUID assignTo, String decidedBy) {
    public Decision {
        requireNonNull(decidedBy, "decidedBy is null");
    }

    static Decision byClaim(UUID userId) {
        return new Decision(userId, "claim:" + userId);
    }
}

package dev.quittance.contracts.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an account may use is different now.
 *
 * @param granted whether it may be used at all
 * @param until null when there is no access, or no end
 * @param reasons stable codes of what gives or takes the access
 * @param revision counts the account's changes, from 1
 */
public record AccessChanged(
        UUID userId,
        String accountNumber,
        boolean granted,
        @Nullable Instant until,
        List<String> reasons,
        long revision,
        Instant occurredAt)
        implements ProvisioningEvent {
    public AccessChanged {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}

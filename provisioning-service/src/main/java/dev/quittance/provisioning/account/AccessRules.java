package dev.quittance.provisioning.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an account may be used. Derived each time it is asked, never stored. */
final class AccessRules {
    static final String ACTIVE = "active";

    private AccessRules() {}

    /**
     * @param reason a stable code: {@code paid}, {@code not-yet-paid}, {@code expired}, {@code closed}, {@code paused}
     */
    record Access(boolean active, String reason) {}

    static Access access(String status, boolean isMarkedInactive, @Nullable Instant expiry, Instant now) {
        if (!status.equals(ACTIVE)) {
            return new Access(false, "closed");
        }
        if (isMarkedInactive) {
            return new Access(false, "paused");
        }
        if (expiry == null) {
            return new Access(false, "not-yet-paid");
        }
        return expiry.isAfter(now) ? new Access(true, "paid") : new Access(false, "expired");
    }
}

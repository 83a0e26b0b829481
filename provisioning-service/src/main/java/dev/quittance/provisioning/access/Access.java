package dev.quittance.provisioning.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account may be used, and why.
 *
 * @param until null when it may not
 * @param reasons stable codes of everything that gives access or, when nothing does, of why not; the first says most
 * @param reviewAt when it may be another by time alone
 */
public record Access(
        boolean active,
        @Nullable Instant until,
        List<String> reasons,
        @Nullable Instant reviewAt) {
    public Access {
        reasons = List.copyOf(reasons);
    }
}

package dev.quittance.provisioning.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/** A payment is in doubt, or not any more. */
public record HoldFact(
        String stripeAccount,
        String holdId,
        String anchor,
        String accountNumber,
        UUID userId,
        String reason,
        boolean isReleased,
        Instant at) {
    public HoldFact {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(holdId, "holdId is null");
        requireNonNull(anchor, "anchor is null");
        requireNonNull(accountNumber, "accountNumber is null");
        requireNonNull(userId, "userId is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(at, "at is null");
    }

    /** What it waits for that names an account which is not there. */
    public String accountSubject() {
        return "account:" + accountNumber;
    }
}

package dev.quittance.provisioning.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One move of an account's expiry. */
public record Extension(
        VoucherTime cause,
        String eventId,
        UUID userId,
        @Nullable Instant previousExpiry,
        Instant expiry) {}

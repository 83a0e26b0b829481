package dev.quittance.provisioning.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account as its user sees it. */
record AccountView(
        UUID userId,
        @Nullable String email,
        String accountNumber,
        String status,
        @Nullable Instant expiry,
        int maxDevices,
        boolean canAddDevices,
        boolean canAddPorts,
        int maxPorts,
        @Nullable String cryptotoken,
        boolean markedInactive,
        @Nullable String appleReceipt,
        @Nullable String appleApiResponse) {}

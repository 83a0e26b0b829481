package dev.quittance.voucher.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A voucher as its owner sees it in a list. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record OwnedVoucherView(
        UUID id,
        String lastFour,
        String status,
        int months,
        int days,
        Instant issuedAt,
        @Nullable Instant redeemedAt,
        boolean frozen,
        @Nullable Instant expiresAt) {}

package dev.quittance.voucher.redemption;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.quittance.voucher.redemption.ExpiryRules.Extension;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to whoever redeemed a voucher, the first time and every time the same request is repeated.
 *
 * @param daysAdded whole days between where the time begins and where it ends
 * @param previousExpiry null when the account had no time
 * @param expiry where it ends; provisioning, which owns it, may find it seconds later when it had run out
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record RedemptionView(
        UUID voucherId,
        String accountNumber,
        int months,
        int days,
        String status,
        long daysAdded,
        @Nullable Instant previousExpiry,
        @Nullable Instant expiry) {
    /** @param redeemedAt where the time begins when there was none, or none left */
    static RedemptionView redeemed(
            UUID voucherId,
            String accountNumber,
            int months,
            int days,
            @Nullable Extension extension,
            Instant redeemedAt) {
        if (extension == null) {
            return new RedemptionView(voucherId, accountNumber, months, days, "redeemed", 0, null, null);
        }
        @Nullable Instant previous = extension.previous();
        Instant begin = previous != null && previous.isAfter(redeemedAt) ? previous : redeemedAt;
        return new RedemptionView(
                voucherId,
                accountNumber,
                months,
                days,
                "redeemed",
                Duration.between(begin, extension.expiry()).toDays(),
                previous,
                extension.expiry());
    }
}

package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dispute or an inquiry.
 *
 * @param withdrawn whether the event itself says that the money was taken
 * @param reinstated whether the event itself says that it came back
 * @param movements what the payload carries of what the dispute did to our balance
 */
public record DisputeSeen(
        String account,
        String id,
        @Nullable String chargeId,
        @Nullable String paymentIntentId,
        String status,
        @Nullable String reason,
        long amountMinor,
        String currency,
        boolean chargeRefundable,
        boolean withdrawn,
        boolean reinstated,
        @Nullable Instant evidenceDueAt,
        List<Movement> movements,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned, PaymentConcern {
    public DisputeSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(currency, "currency is null");
        movements = List.copyOf(movements);
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }

    /** Whether money must have moved that this payload does not tell of. */
    public boolean lacksMovements() {
        return movements.isEmpty() && (withdrawn || reinstated || status.equals("lost"));
    }
}

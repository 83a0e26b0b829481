package dev.quittance.billing.fact;

import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A checkout session.
 *
 * @param amount null where the session has none, as in setup mode
 * @param subtotalMinor before discounts and taxes, null when the payload does not say
 * @param lines empty when the payload does not carry all of them
 */
public record SessionSeen(
        String account,
        String id,
        String mode,
        String status,
        String paymentStatus,
        @Nullable String customerId,
        @Nullable String paymentIntentId,
        @Nullable String invoiceId,
        @Nullable String subscriptionId,
        @Nullable Money amount,
        @Nullable Long subtotalMinor,
        Map<String, String> metadata,
        List<SessionLine> lines,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned {
    private static final Pattern ORDER_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public SessionSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(mode, "mode is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(paymentStatus, "paymentStatus is null");
        metadata = Map.copyOf(metadata);
        lines = List.copyOf(lines);
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }

    /** The order of ours that the session was opened for. */
    public Optional<UUID> orderId() {
        @Nullable String text = account.isEmpty() ? metadata.get("order_id") : null;
        return text == null || !ORDER_ID.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(UUID.fromString(text));
    }
}

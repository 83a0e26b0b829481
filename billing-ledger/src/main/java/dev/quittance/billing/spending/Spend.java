package dev.quittance.billing.spending;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to spend.
 *
 * @param idempotencyKey what makes two requests the same; one user's keys are no other's
 * @param unit {@code points} or {@code credits}
 * @param description for the user's statement
 * @param orderId what is bought, where it is an order
 */
public record Spend(
        UUID userId,
        String idempotencyKey,
        String unit,
        long amount,
        @Nullable String description,
        @Nullable UUID orderId) {
    /** More than this is a mistake. */
    public static final long AMOUNT_MAX = 1_000_000_000_000L;

    public static final int DESCRIPTION_MAX = 200;

    public Spend {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey is null");
        Objects.requireNonNull(unit, "unit is null");
        if (amount < 1 || amount > AMOUNT_MAX) {
            throw new IllegalArgumentException("an amount that cannot be spent");
        }
        if (description != null && description.length() > DESCRIPTION_MAX) {
            throw new IllegalArgumentException("a description that is too long");
        }
    }

    /** Follows from the user and the key, so that asking twice is one spend. */
    public UUID id() {
        return UUID.nameUUIDFromBytes(("spend:" + userId + ":" + idempotencyKey).getBytes(StandardCharsets.UTF_8));
    }

    String businessKey() {
        return "spend:" + id();
    }
}

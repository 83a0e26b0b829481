package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A voucher's days went somewhere.
 *
 * @param key what makes it happen once
 * @param days as the voucher was sold, a month counting as thirty; or those that had been used up already
 * @param userId who owes them, for {@link Move#OWED} and {@link Move#FORGIVEN}
 */
public record DaysMoved(
        String key, Move move, long days, @Nullable UUID userId, Instant at) implements BillingFact {
    /** From where to where. */
    public enum Move {
        ISSUED("issued"),
        REDEEMED("redeemed"),
        REVOKED("revoked"),
        RESTORED("restored"),
        TAKEN_BACK("taken_back"),
        GIVEN_BACK("given_back"),
        OWED("owed"),
        FORGIVEN("forgiven");

        private final String token;

        Move(String token) {
            this.token = token;
        }

        /** As it stands in a business key. */
        public String token() {
            return token;
        }
    }

    public DaysMoved {
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(move, "move is null");
        Objects.requireNonNull(at, "at is null");
        if ((move == Move.OWED || move == Move.FORGIVEN) != (userId != null)) {
            throw new IllegalArgumentException("who owes is known exactly when something is owed");
        }
    }
}

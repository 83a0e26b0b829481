package dev.quittance.localstack.simulator.refund;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How far a refund has come, and where it may go from there. */
enum RefundState {
    PENDING,
    REQUIRES_ACTION,
    SUCCEEDED,
    FAILED,
    CANCELED;

    static Optional<RefundState> parse(String text) {
        for (RefundState state : values()) {
            if (state.text().equals(text)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A refund that the bank took may still come back, days later. */
    Set<RefundState> next() {
        return switch (this) {
            case PENDING, REQUIRES_ACTION -> Set.of(SUCCEEDED, FAILED, CANCELED);
            case SUCCEEDED -> Set.of(FAILED);
            case FAILED, CANCELED -> Set.of();
        };
    }
}

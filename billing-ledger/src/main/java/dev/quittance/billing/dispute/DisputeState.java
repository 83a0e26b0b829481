package dev.quittance.billing.dispute;

import dev.quittance.billing.fact.Movement;
import java.util.List;
import java.util.Objects;

/**
 * A dispute as it is stored, with every movement that was ever seen of it.
 *
 * @param status Stripe's own word
 */
public record DisputeState(String account, String id, String status, List<Movement> movements) {
    public DisputeState {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(status, "status is null");
        movements = List.copyOf(movements);
    }
}

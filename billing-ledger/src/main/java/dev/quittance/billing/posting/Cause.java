package dev.quittance.billing.posting;

import java.util.Objects;

/**
 * Why something is posted.
 *
 * @param shard which part of the house accounts it goes to
 */
public record Cause(String account, String eventId, int shard) {
    public Cause {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(eventId, "eventId is null");
        if (shard < 0) {
            throw new IllegalArgumentException("a shard below zero");
        }
    }
}

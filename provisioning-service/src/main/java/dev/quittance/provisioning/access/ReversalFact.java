package dev.quittance.provisioning.access;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.account.TimeMove;
import java.time.Instant;

/**
 * A payment went back whole, or that was undone.
 *
 * @param kind what happens to the time that it paid for
 * @param revision counts what happens to the payment
 */
public record ReversalFact(String stripeAccount, String anchor, TimeMove.Kind kind, long revision, Instant at) {
    public ReversalFact {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(anchor, "anchor is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(at, "at is null");
    }
}

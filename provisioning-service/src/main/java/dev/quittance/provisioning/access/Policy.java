package dev.quittance.provisioning.access;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;

/** What a merchant decides about access; {@link AccessConfig} says what each means. */
public record Policy(
        Duration grace, boolean holdWhilePaused, Set<String> holdFor, int trialsPerUser, int trialsPerCard) {
    public Policy {
        requireNonNull(grace, "grace is null");
        holdFor = Set.copyOf(holdFor);
    }
}

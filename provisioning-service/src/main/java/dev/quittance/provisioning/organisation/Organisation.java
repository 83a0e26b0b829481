package dev.quittance.provisioning.organisation;

import java.util.List;
import java.util.UUID;

/**
 * An organisation as operators see it.
 *
 * @param customers of Stripe that belong to it
 */
public record Organisation(UUID id, String name, List<Member> members, List<String> customers) {
    /** Who belongs to it, as {@code owner} or {@code member}. */
    public record Member(UUID userId, String role) {}
}

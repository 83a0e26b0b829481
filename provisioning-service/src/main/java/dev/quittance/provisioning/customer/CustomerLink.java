package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose a Stripe customer is.
 *
 * @param isPrimary false for a user's second customer of one Stripe account, which is an alias
 * @param isAnnounced whether the other services know of it. A link that rests on a typed e-mail alone is not told before the
 *     customer checks out: until then it may turn out to be wrong, and nothing must then refer to it
 * @param hasPaidSession whether a paid checkout of this customer went to this user: such a link does not move any more
 */
public record CustomerLink(
        CustomerKey key,
        UUID userId,
        boolean isPrimary,
        Evidence evidence,
        @Nullable Noted email,
        @Nullable Noted name,
        Map<String, String> metadata,
        @Nullable Stamp metadataAsOf,
        boolean isAnnounced,
        boolean hasPaidSession) {
    public CustomerLink {
        requireNonNull(key, "key is null");
        requireNonNull(userId, "userId is null");
        requireNonNull(evidence, "evidence is null");
        metadata = Map.copyOf(metadata);
    }

    public static CustomerLink of(CustomerKey key, UUID userId, boolean isPrimary, Evidence evidence) {
        return new CustomerLink(key, userId, isPrimary, evidence, null, null, Map.of(), null, false, false);
    }

    /** The link after a checkout's contact was heard. */
    public CustomerLink withContact(@Nullable Noted heardEmail, @Nullable Noted heardName) {
        return new CustomerLink(
                key,
                userId,
                isPrimary,
                evidence,
                Noted.later(email, heardEmail),
                Noted.later(name, heardName),
                metadata,
                metadataAsOf,
                isAnnounced,
                hasPaidSession);
    }

    /** The link after the customer itself was heard of. */
    public CustomerLink heard(CustomerFact fact) {
        CustomerLink contact = withContact(fact.heardEmail(), fact.heardName());
        boolean isLater = metadataAsOf == null || fact.stamp().compareTo(metadataAsOf) > 0;
        return new CustomerLink(
                key,
                userId,
                isPrimary,
                evidence,
                contact.email,
                contact.name,
                isLater ? fact.metadata() : metadata,
                isLater ? fact.stamp() : metadataAsOf,
                isAnnounced,
                hasPaidSession);
    }

    /** The link for the same user, for a reason at least as strong. */
    public CustomerLink confirmedBy(Evidence other) {
        return other.isStrongerThan(evidence) ? with(userId, isPrimary, other, isAnnounced, hasPaidSession) : this;
    }

    /** The link for another user. */
    public CustomerLink movedTo(UUID other, boolean becomesPrimary, Evidence because) {
        return with(other, becomesPrimary, because, false, false);
    }

    public CustomerLink announced() {
        return with(userId, isPrimary, evidence, true, hasPaidSession);
    }

    public CustomerLink paid() {
        return with(userId, isPrimary, evidence, isAnnounced, true);
    }

    private CustomerLink with(UUID user, boolean primary, Evidence because, boolean isTold, boolean isPaid) {
        return new CustomerLink(key, user, primary, because, email, name, metadata, metadataAsOf, isTold, isPaid);
    }
}

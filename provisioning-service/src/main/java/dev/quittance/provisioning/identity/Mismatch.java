package dev.quittance.provisioning.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two answers to whose a Stripe subject is, for a person to look at.
 *
 * @param subject the customer's or session's id
 * @param userId the user that the safer evidence names, when there is one
 */
public record Mismatch(
        Key key, @Nullable UUID userId, @Nullable UUID otherUserId) {
    /** A purchase says nothing at all of its buyer. */
    static final String NEEDS_IDENTITY = "needs-identity";
    /** The e-mail is that of a user who has never proved it. */
    static final String EMAIL_UNVERIFIED = "email-unverified";
    /** Several users have proved the e-mail. */
    static final String EMAIL_AMBIGUOUS = "email-ambiguous";
    /** The customer's e-mail is another user's. */
    static final String EMAIL_OF_ANOTHER = "email-of-another";
    /** The buyer typed an e-mail that is not the signed-in user's. */
    static final String EMAIL_DIFFERS = "email-differs";
    /** Two explicit statements name two users. */
    static final String USER_DIFFERS = "user-differs";

    /**
     * What makes a mismatch the only one of its kind.
     *
     * @param subject the customer's or session's id
     * @param reason a stable code
     */
    public record Key(String stripeAccount, String subject, String reason) {}
}

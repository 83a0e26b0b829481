package dev.quittance.contracts.stripe;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every part needs to know of an event before anybody looks into its object: who it is, whose it is, what orders it.
 * A field that is absent, of another shape or not usable as a name is null; that never makes the event unreadable.
 *
 * @param id {@code evt_} and letters, digits or underscores; at most {@link #NAME_CHARS_MAX} characters, as all names here
 * @param type any type, known to us or not
 * @param apiVersion the version the event is rendered in
 * @param created epoch seconds, within the years 1970 to 9999
 * @param livemode null unless it is a JSON boolean
 * @param account the connected account, empty for the platform's own
 * @param objectKind the object's {@code object}
 * @param objectId some kinds have none
 * @param customerId the customer that the object refers to
 * @param paymentIntentId the payment intent that the object refers to
 * @param subscriptionId the subscription that the object refers to, in its old place or under {@code parent}
 */
public record StripeEnvelope(
        String id,
        String type,
        @Nullable String apiVersion,
        @Nullable Long created,
        @Nullable Boolean livemode,
        String account,
        @Nullable String objectKind,
        @Nullable String objectId,
        @Nullable String customerId,
        @Nullable String paymentIntentId,
        @Nullable String subscriptionId) {
    /** The longest id, type or version that is taken for one. */
    public static final int NAME_CHARS_MAX = 255;
    /** Deeper than any event of Stripe's, and shallow enough for every reader behind. */
    public static final int NESTING_MAX = 200;
    /** Digits of the longest number that is let through. */
    public static final int NUMBER_CHARS_MAX = 1_000;

    public StripeEnvelope {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(account, "account is null");
    }

    /** Looks at any bytes whatever; never throws. */
    public static EnvelopeVerdict read(byte @Nullable [] body) {
        return EnvelopeReader.read(body);
    }
}

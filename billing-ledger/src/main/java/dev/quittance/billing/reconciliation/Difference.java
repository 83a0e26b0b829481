package dev.quittance.billing.reconciliation;

import java.util.Objects;

/**
 * Something that does not agree.
 *
 * @param subject the balance transaction, the entry or the payout that it is about
 */
record Difference(Kind kind, String subject, String currency, long stripeMinor, long bookedMinor) {
    Difference {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(subject, "subject is null");
        Objects.requireNonNull(currency, "currency is null");
    }

    /** The class of a difference; the names are stored. */
    enum Kind {
        /** It moved at Stripe and nothing is booked for it: an event has not come. */
        NOT_BOOKED,
        AMOUNT_DIFFERS,
        CURRENCY_DIFFERS,
        /** The fee is missing only; Stripe is asked for it again. */
        FEE_NOT_BOOKED,
        FEE_DIFFERS,
        /** A type of movement that these books have no rule for. */
        KIND_NOT_BOOKED,
        /** It is booked and did not move at Stripe. */
        NOT_AT_STRIPE,
        /** A payout that is not the sum of what it pays out. */
        PAYOUT_DIFFERS;

        /** Whether asking again is all that is needed; everything else is money, and a person's to decide. */
        boolean isHealed() {
            return this == FEE_NOT_BOOKED;
        }
    }
}

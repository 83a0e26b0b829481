package dev.quittance.billing.buying;

/** What Stripe said to a page that was to be closed. */
sealed interface ExpiryAnswer {
    /** Nobody can pay on it any more, and nobody did. */
    record Closed() implements ExpiryAnswer {}

    /** Somebody was quicker. */
    record Bought() implements ExpiryAnswer {}

    /** Nobody knows: it may still be open. */
    record Unknown() implements ExpiryAnswer {}
}

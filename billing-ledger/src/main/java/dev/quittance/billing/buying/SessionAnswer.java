package dev.quittance.billing.buying;

/** What Stripe said to a session that was to be opened. */
sealed interface SessionAnswer {
    /** There is a page. */
    record Opened(String sessionId, String url) implements SessionAnswer {}

    /** There will be none, by this code of Stripe's. */
    record Refused(String code) implements SessionAnswer {}

    /** Nobody knows: there may be one. To be asked again, under the same key. */
    record Unknown(String reason) implements SessionAnswer {}
}

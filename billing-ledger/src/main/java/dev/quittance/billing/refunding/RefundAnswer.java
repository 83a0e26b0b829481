package dev.quittance.billing.refunding;

/** What Stripe said to a request. */
sealed interface RefundAnswer {
    /** There is a refund. */
    record Made(String refundId, String status) implements RefundAnswer {}

    /** There will be none, by this code of Stripe's. */
    record Refused(String code) implements RefundAnswer {}

    /** Nobody knows: there may be one. To be asked again, under the same key. */
    record Unknown(String reason) implements RefundAnswer {}
}

package dev.quittance.billing.settlement;

/** What is to be done about a purchase now. */
sealed interface SettlementDecision {
    /** All is there. */
    record Settle(Settlement settlement) implements SettlementDecision {}

    /**
     * Something is not there yet.
     *
     * @param askStripe whether it will only come when it is asked for
     */
    record Wait(String subject, String reason, boolean askStripe) implements SettlementDecision {}

    /**
     * A person must look.
     *
     * @param reason a stable code
     */
    record Hold(String subject, String reason) implements SettlementDecision {}

    /** Nothing to settle: not paid, not a one-time payment, or settled before. */
    record Nothing() implements SettlementDecision {}
}

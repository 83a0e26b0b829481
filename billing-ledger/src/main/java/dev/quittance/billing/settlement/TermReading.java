package dev.quittance.billing.settlement;

/** What metadata says about terms. */
sealed interface TermReading {
    /** It names at least one. */
    record Given(Terms terms) implements TermReading {}

    /** It does not speak of them. */
    record Silent() implements TermReading {}

    /**
     * It names one that cannot be meant.
     *
     * @param reason a stable code
     */
    record Malformed(String reason) implements TermReading {}
}

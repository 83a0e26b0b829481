package dev.quittance.provisioning.mismatch;

/** What came of a decision. */
enum DecisionOutcome {
    DONE,
    /** Somebody else decided it, or an event did. */
    MISMATCH_GONE,
    USER_UNKNOWN,
    USER_NEEDED,
    ALREADY_SETTLED
}

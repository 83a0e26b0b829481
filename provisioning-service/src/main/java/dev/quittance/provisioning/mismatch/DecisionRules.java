package dev.quittance.provisioning.mismatch;

/** Which decisions can be taken of which mismatch. */
final class DecisionRules {
    private DecisionRules() {}

    enum Verdict {
        ALLOWED,
        /** Money waits for a user: leaving things as they are is no answer. */
        USER_NEEDED,
        /** A purchase goes to one user for good. */
        ALREADY_SETTLED
    }

    static Verdict verdict(QueuedMismatch mismatch, Decision decision) {
        if (decision.assignTo() == null) {
            return mismatch.isWaitedFor() ? Verdict.USER_NEEDED : Verdict.ALLOWED;
        }
        return mismatch.isAboutCustomer() || mismatch.isWaitedFor() ? Verdict.ALLOWED : Verdict.ALREADY_SETTLED;
    }
}

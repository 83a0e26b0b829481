package dev.quittance.provisioning.identity;

import static java.util.Objects.requireNonNull;

/** A checkout session of one Stripe account. */
public record SessionKey(String stripeAccount, String sessionId) {
    public SessionKey {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(sessionId, "sessionId is null");
    }

    public String subject() {
        return "session:" + stripeAccount + "/" + sessionId;
    }

    /** What a session waits for that names nobody at all: a person's decision. */
    public String operatorSubject() {
        return "operator:" + stripeAccount + "/" + sessionId;
    }
}

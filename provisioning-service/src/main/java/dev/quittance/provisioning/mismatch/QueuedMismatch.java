package dev.quittance.provisioning.mismatch;

import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.identity.SessionKey;
import java.util.Set;

/** A mismatch with what it is about. */
record QueuedMismatch(String stripeAccount, String subject, String reason) {
    private static final Set<String> WAITING = Set.of("email-unverified", "email-ambiguous", "needs-identity");

    boolean isAboutCustomer() {
        return CustomerKey.isCustomerId(subject);
    }

    /** Whether events wait until it is known whose the subject is, so that it cannot stay as it is. */
    boolean isWaitedFor() {
        return WAITING.contains(reason);
    }

    CustomerKey customer() {
        return new CustomerKey(stripeAccount, subject);
    }

    /** What the events wait for. */
    String arrival() {
        return isAboutCustomer() ? customer().subject() : new SessionKey(stripeAccount, subject).operatorSubject();
    }
}

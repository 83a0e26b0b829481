package dev.quittance.provisioning.identity;

import dev.quittance.contracts.provisioning.ProvisioningEvent;

/** What became of one fact. */
public sealed interface Outcome {
    record Applied() implements Outcome {}

    /**
     * @param subject what the fact waits for
     * @param reason a stable code
     */
    record Waits(String subject, String reason) implements Outcome {}

    /** An event to tell, with the key that makes it the only one of its type. */
    record Told(ProvisioningEvent event, String businessKey) {}
}

package dev.quittance.contracts.provisioning;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.topic.Topics;
import java.util.UUID;

/** What happened to who a customer is and what they may use. */
public sealed interface ProvisioningEvent extends DomainEvent
        permits AccessChanged,
                AccountExtended,
                AccountShortened,
                CustomerProvisioned,
                IdentityMismatchFound,
                SubscriptionChanged {
    UUID userId();

    @Override
    @JsonIgnore
    default String key() {
        return userId().toString();
    }

    @Override
    @JsonIgnore
    default String topic() {
        return Topics.PROVISIONING_EVENTS;
    }
}

package dev.quittance.contracts.billing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.topic.Topics;
import java.util.UUID;

/** What happened to money and to what it bought. */
public sealed interface BillingEvent extends DomainEvent
        permits BalanceChanged,
                HoldReleased,
                OrderStatusChanged,
                PaymentHeld,
                PaymentReversed,
                PaymentSettled,
                ReversalUndone {
    UUID userId();

    @Override
    @JsonIgnore
    default String key() {
        return userId().toString();
    }

    @Override
    @JsonIgnore
    default String topic() {
        return Topics.BILLING_EVENTS;
    }
}

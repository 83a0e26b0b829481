package dev.quittance.contracts.voucher;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.topic.Topics;

/** What happened to a voucher. Never carries its code. */
public sealed interface VoucherEvent extends DomainEvent
        permits VoucherIssued, VoucherRedeemed, VoucherRestored, VoucherRevoked {
    String accountNumber();

    @Override
    @JsonIgnore
    default String key() {
        return accountNumber();
    }

    @Override
    @JsonIgnore
    default String topic() {
        return Topics.VOUCHER_EVENTS;
    }
}

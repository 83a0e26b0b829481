package dev.quittance.voucher.inbox;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.voucher.inbox.VoucherFact.HolderKnown;
import dev.quittance.voucher.inbox.VoucherFact.PurchaseSettled;
import dev.quittance.voucher.issue.AccountHolder;
import java.util.Set;

/** Which events concern vouchers, and what each says. Nothing here waits: what an event names was committed before it. */
final class VoucherFactRules {
    private VoucherFactRules() {}

    static Reading<VoucherFact> read(Incoming incoming) {
        boolean concerns = switch (incoming.topic()) {
            case Topics.BILLING_EVENTS -> incoming.type().equals(PaymentSettled.class.getSimpleName());
            case Topics.PROVISIONING_EVENTS -> incoming.type().equals(CustomerProvisioned.class.getSimpleName());
            default -> false;
        };
        return concerns ? fact(incoming) : new Reading.Ignored<>("unhandled-type");
    }

    /** Whose account the fact names. */
    static AccountHolder holder(VoucherFact fact) {
        return switch (fact) {
            case PurchaseSettled(PaymentSettled purchase) ->
                new AccountHolder(purchase.userId(), purchase.accountNumber(), purchase.occurredAt());
            case HolderKnown(CustomerProvisioned customer) ->
                new AccountHolder(customer.userId(), customer.accountNumber(), customer.occurredAt());
        };
    }

    private static Reading<VoucherFact> fact(Incoming incoming) {
        DomainEvent event;
        try {
            event = EventCodec.read(incoming.type(), incoming.body());
        } catch (UnreadableEvent unreadable) {
            return new Reading.Poison<>("UNREADABLE_EVENT", String.valueOf(unreadable.getMessage()));
        }
        if (event instanceof PaymentSettled purchase) {
            return new Reading.Relevant<>(new PurchaseSettled(purchase), Set.of());
        }
        if (event instanceof CustomerProvisioned customer) {
            return new Reading.Relevant<>(new HolderKnown(customer), Set.of());
        }
        return new Reading.Poison<>("UNREADABLE_EVENT", "the body is JSON's null");
    }
}

package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.billing.BalanceChanged;
import dev.quittance.contracts.billing.BillingEvent;
import dev.quittance.contracts.billing.HoldReleased;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.contracts.billing.PaymentHeld;
import dev.quittance.contracts.billing.PaymentReversed;
import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.billing.ReversalUndone;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.voucher.VoucherEvent;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.access.HoldFact;
import dev.quittance.provisioning.access.ReversalFact;
import dev.quittance.provisioning.account.TimeMove;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads in the other services' events what provisioning acts on. */
final class DomainFacts {
    private static final Set<String> OF_VOUCHERS = Set.of(
            VoucherRedeemed.class.getSimpleName(),
            VoucherRevoked.class.getSimpleName(),
            VoucherRestored.class.getSimpleName());

    private static final Set<String> OF_PAYMENTS = Set.of(
            PaymentHeld.class.getSimpleName(),
            HoldReleased.class.getSimpleName(),
            PaymentReversed.class.getSimpleName(),
            ReversalUndone.class.getSimpleName());

    private DomainFacts() {}

    static Reading<ProvisioningFact> billing(Incoming incoming) {
        return read(
                incoming,
                OF_PAYMENTS,
                event ->
                        event instanceof BillingEvent money ? billing(money) : new Reading.Ignored<>("unhandled-type"));
    }

    private static Reading<ProvisioningFact> billing(BillingEvent event) {
        return switch (event) {
            case PaymentHeld held ->
                doubted(new HoldFact(
                        held.stripeAccount(),
                        held.holdId(),
                        held.anchor(),
                        held.accountNumber(),
                        held.userId(),
                        held.reason(),
                        false,
                        held.occurredAt()));
            case HoldReleased released ->
                doubted(new HoldFact(
                        released.stripeAccount(),
                        released.holdId(),
                        released.anchor(),
                        released.accountNumber(),
                        released.userId(),
                        released.reason(),
                        true,
                        released.occurredAt()));
            case PaymentReversed reversed -> reversed(reversed);
            case ReversalUndone undone -> undone(undone);
            case PaymentSettled _ -> new Reading.Ignored<>("unhandled-type");
            case BalanceChanged _ -> new Reading.Ignored<>("unhandled-type");
            case OrderStatusChanged _ -> new Reading.Ignored<>("unhandled-type");
        };
    }

    private static Reading<ProvisioningFact> doubted(HoldFact hold) {
        return new Reading.Relevant<>(
                new ProvisioningFact.PaymentDoubted(hold),
                Set.of(hold.accountSubject(), "hold:" + hold.stripeAccount() + "/" + hold.holdId()));
    }

    /** Only a payment that went back whole takes its time along; what is taken in part is billing's affair. */
    private static Reading<ProvisioningFact> reversed(PaymentReversed event) {
        long paid = event.paid().amountMinor();
        long before = event.reversedInAll().amountMinor() - event.reversed().amountMinor();
        return paid > 0 && event.reversedInAll().amountMinor() >= paid && before < paid
                ? returned(new ReversalFact(
                        event.stripeAccount(),
                        event.anchor(),
                        TimeMove.Kind.TAKE,
                        event.revision(),
                        event.occurredAt()))
                : new Reading.Ignored<>("reversed-in-part");
    }

    private static Reading<ProvisioningFact> undone(ReversalUndone event) {
        long paid = event.paid().amountMinor();
        long now = event.reversedInAll().amountMinor();
        return paid > 0 && now < paid && now + event.restored().amountMinor() >= paid
                ? returned(new ReversalFact(
                        event.stripeAccount(),
                        event.anchor(),
                        TimeMove.Kind.GIVE,
                        event.revision(),
                        event.occurredAt()))
                : new Reading.Ignored<>("undone-in-part");
    }

    private static Reading<ProvisioningFact> returned(ReversalFact reversal) {
        return new Reading.Relevant<>(
                new ProvisioningFact.PaymentReturned(reversal),
                Set.of(Anchors.subject(reversal.stripeAccount(), reversal.anchor())));
    }

    static Reading<ProvisioningFact> voucher(Incoming incoming) {
        return read(
                incoming,
                OF_VOUCHERS,
                event ->
                        event instanceof VoucherEvent moved ? voucher(moved) : new Reading.Ignored<>("unhandled-type"));
    }

    private static Reading<ProvisioningFact> voucher(VoucherEvent event) {
        return switch (event) {
            case VoucherIssued _ -> new Reading.Ignored<>("unhandled-type");
            case VoucherRedeemed redeemed ->
                moved(TimeMove.redeemed(
                        redeemed.voucherId(), redeemed.accountNumber(), redeemed.term(), redeemed.occurredAt()));
            case VoucherRevoked revoked ->
                revoked.redeemed()
                        ? moved(TimeMove.revoked(
                                revoked.voucherId(), revoked.accountNumber(), revoked.revision(), revoked.occurredAt()))
                        : new Reading.Ignored<>("not-redeemed");
            case VoucherRestored restored ->
                restored.redeemed()
                        ? moved(TimeMove.restored(
                                restored.voucherId(),
                                restored.accountNumber(),
                                restored.revision(),
                                restored.occurredAt()))
                        : new Reading.Ignored<>("not-redeemed");
        };
    }

    private static Reading<ProvisioningFact> moved(TimeMove move) {
        return new Reading.Relevant<>(
                new ProvisioningFact.VoucherMoved(move),
                Stream.of(move.accountSubject(), move.businessKey(), move.after())
                        .filter(subject -> subject != null)
                        .collect(Collectors.toSet()));
    }

    private static Reading<ProvisioningFact> read(
            Incoming incoming, Set<String> types, Function<DomainEvent, Reading<ProvisioningFact>> reading) {
        if (!types.contains(incoming.type())) {
            return new Reading.Ignored<>("unhandled-type");
        }
        try {
            return reading.apply(EventCodec.read(incoming.type(), incoming.body()));
        } catch (UnreadableEvent e) {
            return new Reading.Poison<>("UNREADABLE_EVENT", String.valueOf(e.getMessage()));
        }
    }
}

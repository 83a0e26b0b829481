package dev.quittance.voucher.inbox;

import dev.quittance.contracts.billing.HoldReleased;
import dev.quittance.contracts.billing.PaymentHeld;
import dev.quittance.contracts.billing.PaymentReversed;
import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.billing.ReversalUndone;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.provisioning.AccessChanged;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.provisioning.AccountShortened;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.voucher.expiry.AccountAccess;
import dev.quittance.voucher.expiry.AccountMove;
import dev.quittance.voucher.inbox.VoucherFact.AccessTold;
import dev.quittance.voucher.inbox.VoucherFact.ExpiryMoved;
import dev.quittance.voucher.inbox.VoucherFact.HoldTold;
import dev.quittance.voucher.inbox.VoucherFact.HolderKnown;
import dev.quittance.voucher.inbox.VoucherFact.MoneyMoved;
import dev.quittance.voucher.inbox.VoucherFact.PurchaseSettled;
import dev.quittance.voucher.inbox.VoucherFact.SubscriptionMoved;
import dev.quittance.voucher.issue.AccountHolder;
import dev.quittance.voucher.issue.Sale;
import dev.quittance.voucher.revocation.Hold;
import dev.quittance.voucher.revocation.MoneyState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events concern vouchers, and what each says. Nothing here waits: what is told of a purchase that is not here yet is
 * remembered. Events of one purchase or one subscription are never applied side by side.
 */
final class VoucherFactRules {
    private static final Set<String> OF_BILLING =
            Set.of("HoldReleased", "PaymentHeld", "PaymentReversed", "PaymentSettled", "ReversalUndone");
    private static final Set<String> OF_PROVISIONING = Set.of(
            "AccessChanged", "AccountExtended", "AccountShortened", "CustomerProvisioned", "SubscriptionChanged");
    private static final String ACTIVE = "active";
    private static final String TRIALING = "trialing";

    private VoucherFactRules() {}

    static Reading<VoucherFact> read(Incoming incoming) {
        boolean concerns = switch (incoming.topic()) {
            case Topics.BILLING_EVENTS -> OF_BILLING.contains(incoming.type());
            case Topics.PROVISIONING_EVENTS -> OF_PROVISIONING.contains(incoming.type());
            default -> false;
        };
        return concerns ? fact(incoming) : new Reading.Ignored<>("unhandled-type");
    }

    /** Whose account the fact names. */
    static Optional<AccountHolder> holder(VoucherFact fact) {
        return switch (fact) {
            case PurchaseSettled(PaymentSettled purchase) ->
                Optional.of(new AccountHolder(purchase.userId(), purchase.accountNumber(), purchase.occurredAt()));
            case HolderKnown(CustomerProvisioned customer) ->
                Optional.of(new AccountHolder(customer.userId(), customer.accountNumber(), customer.occurredAt()));
            case SubscriptionMoved(SubscriptionChanged change) ->
                Optional.of(new AccountHolder(change.userId(), change.accountNumber(), change.occurredAt()));
            case MoneyMoved _, HoldTold _, ExpiryMoved _, AccessTold _ -> Optional.empty();
        };
    }

    /** What the fact asks vouchers for. A period that is told of late still gives its vouchers: another state cannot undo that. */
    static Optional<Sale> sale(VoucherFact fact, boolean issueOnTrial) {
        return switch (fact) {
            case PurchaseSettled(PaymentSettled purchase) -> Optional.of(Sale.of(purchase));
            case SubscriptionMoved(SubscriptionChanged change) -> {
                @Nullable Instant periodEnd = change.periodEnd();
                boolean gives = change.status().equals(ACTIVE)
                        || (issueOnTrial && change.status().equals(TRIALING));
                yield gives && periodEnd != null ? Optional.of(Sale.of(change, periodEnd)) : Optional.empty();
            }
            case MoneyMoved _, HoldTold _, HolderKnown _, ExpiryMoved _, AccessTold _ -> Optional.empty();
        };
    }

    private static Reading<VoucherFact> fact(Incoming incoming) {
        DomainEvent event;
        try {
            event = EventCodec.read(incoming.type(), incoming.body());
        } catch (UnreadableEvent unreadable) {
            return new Reading.Poison<>("UNREADABLE_EVENT", String.valueOf(unreadable.getMessage()));
        }
        return switch (event) {
            case PaymentSettled purchase -> settled(purchase);
            case PaymentReversed reversed ->
                new Reading.Relevant<>(new MoneyMoved(MoneyState.of(reversed)), purchase(reversed.anchor()));
            case ReversalUndone undone ->
                new Reading.Relevant<>(new MoneyMoved(MoneyState.of(undone)), purchase(undone.anchor()));
            case PaymentHeld held -> new Reading.Relevant<>(new HoldTold(Hold.of(held)), purchase(held.anchor()));
            case HoldReleased released ->
                new Reading.Relevant<>(new HoldTold(Hold.of(released)), purchase(released.anchor()));
            case SubscriptionChanged change ->
                new Reading.Relevant<>(new SubscriptionMoved(change), Set.of(subscription(change.subscriptionId())));
            case AccountExtended extended ->
                new Reading.Relevant<>(new ExpiryMoved(AccountMove.of(extended)), account(extended.accountNumber()));
            case AccountShortened shortened ->
                new Reading.Relevant<>(new ExpiryMoved(AccountMove.of(shortened)), account(shortened.accountNumber()));
            case AccessChanged access ->
                new Reading.Relevant<>(new AccessTold(AccountAccess.of(access)), account(access.accountNumber()));
            case CustomerProvisioned customer -> new Reading.Relevant<>(new HolderKnown(customer), Set.of());
            case null, default -> new Reading.Poison<>("UNREADABLE_EVENT", "the body is not of its type");
        };
    }

    private static Reading<VoucherFact> settled(PaymentSettled purchase) {
        @Nullable String subscription = purchase.subscriptionId();
        return new Reading.Relevant<>(
                new PurchaseSettled(purchase),
                subscription == null
                        ? purchase(purchase.anchor())
                        : Set.of("purchase:" + purchase.anchor(), subscription(subscription)));
    }

    private static Set<String> purchase(String anchor) {
        return Set.of("purchase:" + anchor);
    }

    private static Set<String> account(String number) {
        return Set.of("account:" + number);
    }

    private static String subscription(String id) {
        return "subscription:" + id;
    }
}

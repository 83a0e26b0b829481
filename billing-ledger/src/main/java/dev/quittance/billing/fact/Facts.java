package dev.quittance.billing.fact;

import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import org.jspecify.annotations.Nullable;

/** Reads events into facts. Pure; every shape of input has an answer. */
public final class Facts {
    private static final String UNHANDLED = "unhandled-type";
    private static final String CUSTOMER_PROVISIONED = CustomerProvisioned.class.getSimpleName();

    private Facts() {}

    public static Reading<BillingFact> read(Incoming incoming) {
        return switch (incoming.topic()) {
            case Topics.STRIPE_EVENTS -> stripe(incoming);
            case Topics.PROVISIONING_EVENTS ->
                DayReader.reads(incoming.type()) ? DayReader.read(incoming) : provisioning(incoming);
            case Topics.VOUCHER_EVENTS ->
                DayReader.reads(incoming.type()) ? DayReader.read(incoming) : new Reading.Ignored<>(UNHANDLED);
            default -> new Reading.Ignored<>("unhandled-topic");
        };
    }

    private static Reading<BillingFact> stripe(Incoming incoming) {
        return switch (StripeEvent.read(incoming.body())) {
            case StripeEvent.Reading.Read(StripeEvent event) -> {
                StripeFact fact = fact(StripeSnapshot.asTold(event));
                yield fact == null
                        ? new Reading.Ignored<>(UNHANDLED)
                        : new Reading.Relevant<>(fact, FactSubjects.of(fact));
            }
            case StripeEvent.Reading.Unreadable(String code) ->
                new Reading.Poison<>(code, "not one of Stripe's events");
        };
    }

    private static @Nullable StripeFact fact(StripeEvent event) {
        return switch (event.type()) {
            case "payment_intent.created",
                    "payment_intent.processing",
                    "payment_intent.requires_action",
                    "payment_intent.amount_capturable_updated",
                    "payment_intent.partially_funded",
                    "payment_intent.succeeded",
                    "payment_intent.payment_failed",
                    "payment_intent.canceled" -> PaymentReader.intent(event);
            case "charge.pending",
                    "charge.succeeded",
                    "charge.updated",
                    "charge.captured",
                    "charge.failed",
                    "charge.expired",
                    "charge.refunded" -> PaymentReader.charge(event);
            case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" ->
                ConcernReader.refund(event);
            case "charge.dispute.created",
                    "charge.dispute.updated",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.funds_reinstated",
                    "charge.dispute.closed" -> ConcernReader.dispute(event);
            case "radar.early_fraud_warning.created", "radar.early_fraud_warning.updated" ->
                ConcernReader.warning(event);
            case "review.opened", "review.closed" -> ConcernReader.review(event);
            case "payout.created",
                    "payout.updated",
                    "payout.paid",
                    "payout.failed",
                    "payout.canceled",
                    "payout.reconciliation_completed" -> PayoutReader.payout(event);
            case "checkout.session.completed",
                    "checkout.session.async_payment_succeeded",
                    "checkout.session.async_payment_failed",
                    "checkout.session.expired" -> CheckoutReader.session(event);
            case "invoice.created",
                    "invoice.updated",
                    "invoice.finalized",
                    "invoice.finalization_failed",
                    "invoice.sent",
                    "invoice.paid",
                    "invoice.payment_succeeded",
                    "invoice.payment_failed",
                    "invoice.payment_action_required",
                    "invoice.payment_attempt_required",
                    "invoice.will_be_due",
                    "invoice.overdue",
                    "invoice.overpaid",
                    "invoice.voided",
                    "invoice.marked_uncollectible",
                    "invoice.deleted" -> InvoiceReader.invoice(event);
            case "invoice_payment.paid" -> InvoiceReader.payment(event);
            case "credit_note.created", "credit_note.updated", "credit_note.voided" -> InvoiceReader.creditNote(event);
            case "payment_method.attached",
                    "payment_method.updated",
                    "payment_method.automatically_updated",
                    "payment_method.detached" -> PaymentMethodReader.method(event);
            case "setup_intent.created",
                    "setup_intent.requires_action",
                    "setup_intent.setup_failed",
                    "setup_intent.canceled",
                    "setup_intent.succeeded" -> PaymentMethodReader.setup(event);
            case "customer.deleted" -> PaymentMethodReader.customerGone(event);
            case "product.created", "product.updated", "product.deleted" -> CatalogueReader.product(event);
            case "price.created", "price.updated", "price.deleted" -> CatalogueReader.price(event);
            default -> null;
        };
    }

    private static Reading<BillingFact> provisioning(Incoming incoming) {
        if (!incoming.type().equals(CUSTOMER_PROVISIONED)) {
            return new Reading.Ignored<>(UNHANDLED);
        }
        try {
            CustomerProvisioned event = (CustomerProvisioned) EventCodec.read(incoming.type(), incoming.body());
            BillingFact fact = known(event);
            return fact == null
                    ? new Reading.Ignored<>("no-subject")
                    : new Reading.Relevant<>(fact, FactSubjects.of(fact));
        } catch (UnreadableEvent _) {
            return new Reading.Poison<>("UNREADABLE_EVENT", "not a readable " + CUSTOMER_PROVISIONED);
        }
    }

    /** A session's own answer says whose that session is, and nothing about its customer: that has an event of its own. */
    private static @Nullable BillingFact known(CustomerProvisioned event) {
        if (event.checkoutSessionId() != null) {
            return new IdentityKnown(
                    event.stripeAccount(), event.checkoutSessionId(), event.userId(), event.accountNumber());
        }
        return event.stripeCustomerId() == null
                ? null
                : new CustomerKnown(
                        event.stripeAccount(), event.stripeCustomerId(), event.userId(), event.accountNumber());
    }
}

package dev.quittance.billing.fact;

import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads events into facts. Pure; every shape of input has an answer. */
public final class Facts {
    private static final String UNHANDLED = "unhandled-type";
    private static final String CUSTOMER_PROVISIONED = CustomerProvisioned.class.getSimpleName();

    private Facts() {}

    public static Reading<BillingFact> read(Incoming incoming) {
        return switch (incoming.topic()) {
            case Topics.STRIPE_EVENTS -> stripe(incoming);
            case Topics.PROVISIONING_EVENTS -> provisioning(incoming);
            default -> new Reading.Ignored<>("unhandled-topic");
        };
    }

    private static Reading<BillingFact> stripe(Incoming incoming) {
        return switch (StripeEvent.read(incoming.body())) {
            case StripeEvent.Reading.Read(StripeEvent event) -> {
                StripeFact fact = fact(event);
                yield fact == null ? new Reading.Ignored<>(UNHANDLED) : new Reading.Relevant<>(fact, subjects(fact));
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
            case "checkout.session.completed",
                    "checkout.session.async_payment_succeeded",
                    "checkout.session.async_payment_failed",
                    "checkout.session.expired" -> CheckoutReader.session(event);
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
            if (event.checkoutSessionId() == null) {
                // The customer's link says nothing yet about whose a purchase is.
                return new Reading.Ignored<>("no-session");
            }
            IdentityKnown fact = new IdentityKnown(
                    event.stripeAccount(), event.checkoutSessionId(), event.userId(), event.accountNumber());
            return new Reading.Relevant<>(fact, subjects(fact));
        } catch (UnreadableEvent _) {
            return new Reading.Poison<>("UNREADABLE_EVENT", "not a readable " + CUSTOMER_PROVISIONED);
        }
    }

    /** Everything that the event may wait for or bring. */
    private static Set<String> subjects(BillingFact fact) {
        Set<String> subjects = new HashSet<>();
        switch (fact) {
            case IntentSeen intent -> subjects.add(Subjects.payment(intent.account(), intent.id()));
            case ChargeSeen charge -> {
                if (charge.paymentIntentId() != null) {
                    subjects.add(Subjects.payment(charge.account(), charge.paymentIntentId()));
                }
            }
            case SessionSeen session -> {
                subjects.add(Subjects.identity(session.account(), session.id()));
                subjects.add(Subjects.lines(session.account(), session.id()));
                if (session.paymentIntentId() != null) {
                    subjects.add(Subjects.payment(session.account(), session.paymentIntentId()));
                }
            }
            case Unusable unusable -> subjects.add(Subjects.operator(unusable.subject()));
            case IdentityKnown identity -> subjects.add(Subjects.identity(identity.account(), identity.sessionId()));
            case ProductSeen _, PriceSeen _ -> {}
        }
        return subjects;
    }
}

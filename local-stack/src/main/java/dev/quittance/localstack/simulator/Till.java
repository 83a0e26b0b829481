package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;

/** Takes the money of a checkout, or declines the card, and leaves the objects and events that Stripe leaves. */
final class Till {
    private static final long FEE_FIXED_MINOR = 25;
    private static final long FEE_PER_MILLE = 15;
    private static final Duration AVAILABLE_AFTER = Duration.ofDays(2);

    private final ObjectShelf shelf;
    private final CheckoutDesk desk;
    private final CustomerDesk customers;
    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;

    Till(ObjectShelf shelf, CheckoutDesk desk, CustomerDesk customers, EventLog events, Ids ids, InstantSource clock) {
        this.shelf = shelf;
        this.desk = desk;
        this.customers = customers;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** 1.5 % and 25 of the smallest unit, rounded half up. */
    static long fee(long amount) {
        return (amount * FEE_PER_MILLE + 500) / 1000 + FEE_FIXED_MINOR;
    }

    void pay(Checkout checkout, Buyer buyer) {
        ObjectNode session = openSession(checkout);
        setBuyer(session, buyer);
        if (checkout.total() == 0) {
            session.put("payment_status", "no_payment_required");
            complete(checkout);
            return;
        }
        ObjectNode intent = intent(checkout);
        ObjectNode charge = charge(intent, buyer);
        intent.put("status", "succeeded");
        intent.put("amount_received", checkout.total());
        intent.putNull("last_payment_error");
        events.emit("charge.succeeded", charge, Call.Cause.NOBODY);
        events.emit("payment_intent.succeeded", intent, Call.Cause.NOBODY);
        session.put("payment_intent", intent.path("id").asText());
        session.put("payment_status", "paid");
        complete(checkout);
        settle(charge);
    }

    void decline(Checkout checkout, Buyer buyer) {
        openSession(checkout);
        ObjectNode intent = intent(checkout);
        ObjectNode charge = charge(intent, buyer);
        charge.put("status", "failed");
        charge.put("paid", false);
        charge.put("captured", false);
        charge.put("amount_captured", 0);
        charge.put("failure_code", "card_declined");
        charge.put("failure_message", "Your card was declined.");
        charge.putNull("receipt_url");
        ObjectNode outcome = (ObjectNode) charge.path("outcome");
        outcome.put("network_status", "declined_by_network");
        outcome.put("reason", "generic_decline");
        outcome.put("seller_message", "The bank did not return any further details with this decline.");
        outcome.put("type", "issuer_declined");
        intent.putNull("payment_method");
        ObjectNode error = intent.putObject("last_payment_error");
        error.put("charge", charge.path("id").asText());
        error.put("code", "card_declined");
        error.put("decline_code", "generic_decline");
        error.put("message", "Your card was declined.");
        error.put("type", "card_error");
        events.emit("charge.failed", charge, Call.Cause.NOBODY);
        events.emit("payment_intent.payment_failed", intent, Call.Cause.NOBODY);
    }

    private ObjectNode openSession(Checkout checkout) {
        desk.expireDue();
        if (!checkout.isOpen()) {
            throw StripeFailure.invalid(
                    "parameter_invalid",
                    "session",
                    "This checkout is " + checkout.session().path("status").asText() + ".");
        }
        return checkout.session();
    }

    private void setBuyer(ObjectNode session, Buyer buyer) {
        ObjectNode details = Shapes.fresh("customer_details");
        details.put("email", buyer.email());
        details.put("name", buyer.name());
        session.set("customer_details", details);
        if (session.path("customer_creation").asText().equals("always")) {
            session.put("customer", customers.createBuyer(buyer).path("id").asText());
        }
    }

    private void complete(Checkout checkout) {
        ObjectNode session = checkout.session();
        session.put("status", "complete");
        session.putNull("url");
        desk.close(checkout);
        events.emit("checkout.session.completed", session, Call.Cause.NOBODY);
    }

    /** The intent of an earlier, declined attempt, or a new one. */
    private ObjectNode intent(Checkout checkout) {
        ObjectNode attempted = checkout.attemptedIntent();
        if (attempted != null) {
            attempted.set("customer", checkout.session().path("customer"));
            return attempted;
        }
        ObjectNode session = checkout.session();
        ObjectNode intent = Shapes.fresh("payment_intent");
        String id = ids.paymentIntent();
        intent.put("id", id);
        intent.put("amount", checkout.total());
        intent.put("client_secret", id + "_secret_" + ids.secret());
        intent.put("created", clock.instant().getEpochSecond());
        intent.put("currency", session.path("currency").asText());
        intent.set("customer", session.path("customer"));
        Params data = checkout.intentData();
        if (data != null) {
            data.copyTexts(intent, "description", "receipt_email", "setup_future_usage", "statement_descriptor");
            data.mergeMetadata(intent);
        }
        shelf.put(intent);
        checkout.attemptWith(intent);
        events.emit("payment_intent.created", intent, Call.Cause.NOBODY);
        return intent;
    }

    private ObjectNode charge(ObjectNode intent, Buyer buyer) {
        long amount = intent.path("amount").asLong();
        ObjectNode charge = Shapes.fresh("charge");
        String id = ids.charge();
        String method = ids.paymentMethod();
        charge.put("id", id);
        charge.put("amount", amount);
        charge.put("amount_captured", amount);
        charge.put("created", clock.instant().getEpochSecond());
        charge.put("payment_intent", intent.path("id").asText());
        charge.put("payment_method", method);
        charge.put("receipt_url", "https://pay.stripe.com/receipts/payment/" + ids.secret());
        for (String shared : new String[] {"currency", "customer", "description", "metadata", "receipt_email"}) {
            charge.set(shared, intent.path(shared).deepCopy());
        }
        ObjectNode billing = (ObjectNode) charge.path("billing_details");
        billing.put("email", buyer.email());
        billing.put("name", buyer.name());
        ObjectNode card = (ObjectNode) charge.at("/payment_method_details/card");
        card.put("amount_authorized", amount);
        ((ObjectNode) card.path("overcapture")).put("maximum_amount_capturable", amount);
        intent.put("latest_charge", id);
        intent.put("payment_method", method);
        shelf.put(charge);
        return charge;
    }

    /** The balance transaction, and with it the fee, comes after the payment: Stripe captures asynchronously. */
    private void settle(ObjectNode charge) {
        long amount = charge.path("amount").asLong();
        long fee = fee(amount);
        long now = clock.instant().getEpochSecond();
        ObjectNode transaction = Shapes.fresh("balance_transaction");
        transaction.put("id", ids.balanceTransaction());
        transaction.put("amount", amount);
        transaction.put("available_on", now + AVAILABLE_AFTER.toSeconds());
        transaction.put("created", now);
        transaction.set("currency", charge.path("currency"));
        transaction.set("description", charge.path("description"));
        transaction.put("fee", fee);
        transaction.put("net", amount - fee);
        transaction.put("source", charge.path("id").asText());
        ObjectNode detail = transaction.withArray("fee_details").addObject();
        detail.put("amount", fee);
        detail.putNull("application");
        detail.set("currency", charge.path("currency"));
        detail.put("description", "Stripe processing fees");
        detail.put("type", "stripe_fee");
        shelf.put(transaction);
        ObjectNode before = charge.deepCopy();
        charge.put("balance_transaction", transaction.path("id").asText());
        events.emitChange("charge.updated", before, charge, Call.Cause.NOBODY);
    }
}

package dev.quittance.localstack.simulator.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.customer.Buyer;
import dev.quittance.localstack.simulator.customer.CustomerDesk;
import dev.quittance.localstack.simulator.payment.DelayedPayments;
import dev.quittance.localstack.simulator.payment.Means;
import dev.quittance.localstack.simulator.payment.PaymentDesk;
import dev.quittance.localstack.simulator.payment.SetupDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.subscription.SubscriptionDesk;
import dev.quittance.localstack.simulator.subscription.SubscriptionOrder;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Takes the money of a checkout, or declines the card, and leaves the objects and events that Stripe leaves. */
public final class Till {
    private final CheckoutDesk desk;
    private final CustomerDesk customers;
    private final PaymentDesk payments;
    private final DelayedPayments delayed;
    private final SetupDesk setups;
    private final SubscriptionDesk subscriptions;
    private final EventLog events;
    private final ObjectShelf shelf;

    public Till(
            CheckoutDesk desk,
            CustomerDesk customers,
            PaymentDesk payments,
            DelayedPayments delayed,
            SetupDesk setups,
            SubscriptionDesk subscriptions,
            World world) {
        this.desk = desk;
        this.customers = customers;
        this.payments = payments;
        this.delayed = delayed;
        this.setups = setups;
        this.subscriptions = subscriptions;
        this.events = world.events();
        this.shelf = world.shelf();
    }

    public void pay(Checkout checkout, Buyer buyer) {
        ObjectNode session = openSession(checkout);
        setBuyer(session, buyer);
        if (checkout.isSetup()) {
            keep(session, buyer);
            complete(checkout);
            return;
        }
        if (checkout.isSubscription()) {
            subscribe(checkout, buyer);
            return;
        }
        if (checkout.total() == 0) {
            session.put("payment_status", "no_payment_required");
            complete(checkout);
            return;
        }
        ObjectNode intent = intent(checkout);
        ObjectNode charge = payments.charge(intent, holder(buyer), Means.CARD);
        payments.succeed(intent, charge);
        session.put("payment_intent", intent.path("id").asText());
        session.put("payment_status", "paid");
        complete(checkout);
        payments.settle(charge);
    }

    /** The card's bank wants to hear from the buyer first; confirming is {@link #pay}, on the same intent. */
    public void challenge(Checkout checkout, Buyer buyer) {
        openSession(checkout);
        if (checkout.total() == 0) {
            pay(checkout, buyer);
        } else {
            payments.challenge(intent(checkout));
        }
    }

    public void refuseChallenge(Checkout checkout) {
        openSession(checkout);
        ObjectNode intent = checkout.attemptedIntent();
        if (intent == null || !checkout.isChallenged()) {
            throw StripeFailure.refused(null, "This checkout does not wait for the bank.");
        }
        payments.refuseChallenge(intent);
    }

    /** The checkout is complete, and unpaid until the bank answers. */
    public void debit(Checkout checkout, Buyer buyer, boolean succeeds) {
        ObjectNode session = openSession(checkout);
        if (checkout.isSetup() || checkout.isSubscription() || checkout.total() == 0) {
            throw StripeFailure.refused(null, "There is no delayed debit for this checkout.");
        }
        setBuyer(session, buyer);
        ObjectNode intent = intent(checkout);
        session.put("payment_intent", intent.path("id").asText());
        delayed.send(intent, holder(buyer), succeeds, isPaid -> {
            session.put("payment_status", isPaid ? "paid" : "unpaid");
            events.emit(
                    isPaid ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed",
                    session,
                    Call.Cause.NOBODY);
        });
        complete(checkout);
    }

    public void decline(Checkout checkout, Buyer buyer) {
        ObjectNode session = openSession(checkout);
        if (checkout.isSetup()) {
            setups.fail(setup(session), Means.CARD);
            return;
        }
        ObjectNode intent = intent(checkout);
        payments.decline(intent, payments.charge(intent, holder(buyer), Means.CARD), Means.CARD);
    }

    /** Without a customer the card is kept by nobody, and can be used once by whoever has its id. */
    private void keep(ObjectNode session, Buyer buyer) {
        boolean isSomebodys = !session.path("customer").isNull();
        String card = asOwner(
                session,
                () -> isSomebodys
                        ? customers.keepCard(session.path("customer").asText(), buyer)
                        : customers.card(buyer));
        setups.succeed(setup(session), session.path("customer"), card);
    }

    private ObjectNode setup(ObjectNode session) {
        return setups.intent(session.path("setup_intent").asText());
    }

    private void subscribe(Checkout checkout, Buyer buyer) {
        ObjectNode session = checkout.session();
        String customer = session.path("customer").asText();
        String card = asOwner(session, () -> customers.keepCard(customer, buyer));
        ObjectNode attempted = checkout.attemptedIntent();
        if (attempted != null) {
            attempted.put("customer", customer);
        }
        ObjectNode subscription = subscriptions.subscribe(
                new SubscriptionOrder(
                        customer,
                        bought(checkout, true),
                        bought(checkout, false),
                        card,
                        Objects.requireNonNullElseGet(checkout.subscriptionData(), SubscriptionOrder::nothingAsked)),
                attempted);
        session.put("subscription", subscription.path("id").asText());
        session.put("invoice", subscription.path("latest_invoice").asText());
        session.put("payment_status", checkout.total() == 0 ? "no_payment_required" : "paid");
        complete(checkout);
    }

    private static List<SubscriptionOrder.Bought> bought(Checkout checkout, boolean isRecurring) {
        return checkout.lines().stream()
                .filter(line -> CheckoutLines.isRecurring(line) == isRecurring)
                .map(line -> new SubscriptionOrder.Bought(
                        (ObjectNode) line.path("price"), line.path("quantity").asLong()))
                .toList();
    }

    private static PaymentDesk.Holder holder(Buyer buyer) {
        return new PaymentDesk.Holder(buyer.email(), buyer.name(), null);
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

    /** What is made for a session is its account's. */
    private <T> T asOwner(ObjectNode session, Supplier<T> work) {
        return shelf.as(ObjectShelf.account(session), work);
    }

    private void setBuyer(ObjectNode session, Buyer buyer) {
        ObjectNode details = Shapes.fresh("customer_details");
        details.put("email", buyer.email());
        details.put("name", buyer.name());
        session.set("customer_details", details);
        boolean isToBeMade = session.path("customer_creation").asText().equals("always")
                || (session.path("mode").asText().equals("subscription")
                        && session.path("customer").isNull());
        if (isToBeMade) {
            ObjectNode customer = asOwner(session, () -> customers.createBuyer(buyer));
            session.put("customer", customer.path("id").asText());
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
        ObjectNode session = checkout.session();
        ObjectNode attempted = checkout.attemptedIntent();
        if (attempted != null) {
            attempted.set("customer", session.path("customer"));
            return attempted;
        }
        PaymentDesk.Order order = new PaymentDesk.Order(
                checkout.total(),
                session.path("currency").asText(),
                session.path("customer"),
                checkout.intentData(),
                null);
        ObjectNode intent = asOwner(session, () -> payments.open(order));
        checkout.attemptWith(intent);
        return intent;
    }
}

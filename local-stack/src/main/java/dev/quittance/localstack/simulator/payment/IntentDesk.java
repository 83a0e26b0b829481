package dev.quittance.localstack.simulator.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ControlDoor;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Payment intents made and confirmed over Stripe's API, with Stripe's test payment methods. */
public final class IntentDesk {
    private static final String KIND = "payment_intent";
    private static final Set<String> OPEN =
            Set.of("requires_payment_method", "requires_confirmation", "requires_action");

    private final World world;
    private final ObjectShelf shelf;
    private final EventLog events;
    private final PaymentDesk payments;
    private final DelayedPayments delayed;

    public IntentDesk(World world, PaymentDesk payments, DelayedPayments delayed) {
        this.world = world;
        this.shelf = world.shelf();
        this.events = world.events();
        this.payments = payments;
        this.delayed = delayed;
    }

    public void mount(Router router, StripeApi api, ControlDoor control) {
        api.post(router, "/v1/payment_intents", this::create);
        api.post(router, "/v1/payment_intents/:id", this::update);
        api.post(router, "/v1/payment_intents/:id/confirm", this::confirm);
        api.post(router, "/v1/payment_intents/:id/cancel", this::cancel);
        control.post("/_sim/payments/:id/authenticate", call -> answerBank(call, true));
        control.post("/_sim/payments/:id/refuse", call -> answerBank(call, false));
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        String customer = params.text("customer");
        if (customer != null) {
            shelf.get("customer", customer, "customer");
        }
        long amount = params.amount("amount");
        if (amount == 0) {
            throw StripeFailure.invalid("parameter_invalid_integer", "amount", "This value must be at least 1.");
        }
        ObjectNode intent = payments.open(new PaymentDesk.Order(
                amount,
                params.currency("currency"),
                customer == null ? params.tree().nullNode() : params.tree().textNode(customer),
                params,
                null));
        return params.flag("confirm", false) ? confirm(intent, params.text("payment_method")) : intent.deepCopy();
    }

    private ObjectNode update(Call call) {
        ObjectNode intent = shelf.get(KIND, call.id(), "intent");
        call.params().copyTexts(intent, "description", "receipt_email");
        call.params().mergeMetadata(intent);
        return intent.deepCopy();
    }

    private ObjectNode confirm(Call call) {
        return confirm(open(call), call.params().text("payment_method"));
    }

    private ObjectNode confirm(ObjectNode intent, @Nullable String method) {
        PaymentDesk.Holder holder =
                new PaymentDesk.Holder(intent.path("receipt_email").textValue(), null, method);
        switch (TestMethod.of(method == null ? "" : method)) {
            case GOOD_CARD -> pay(intent, holder);
            case DECLINED_CARD -> {
                payments.decline(intent, payments.charge(intent, holder, Means.CARD), Means.CARD);
                throw StripeFailure.declined(intent.path("latest_charge").asText(), Means.CARD.failureMessage());
            }
            case CHALLENGED_CARD -> payments.challenge(intent);
            case DEBIT -> delayed.send(intent, holder, true, _ -> {});
        }
        return intent.deepCopy();
    }

    private void pay(ObjectNode intent, PaymentDesk.Holder holder) {
        ObjectNode charge = payments.charge(intent, holder, Means.CARD);
        payments.succeed(intent, charge);
        payments.settle(charge);
    }

    /** What the card's holder tells the bank that asked. */
    private ObjectNode answerBank(Call call, boolean isConfirmed) {
        ObjectNode intent = open(call);
        if (!intent.path("status").asText().equals("requires_action")) {
            throw StripeFailure.refused(null, "This payment does not wait for its buyer.");
        }
        if (isConfirmed) {
            pay(intent, new PaymentDesk.Holder(intent.path("receipt_email").textValue(), null, null));
        } else {
            payments.refuseChallenge(intent);
        }
        return intent.deepCopy();
    }

    private ObjectNode cancel(Call call) {
        ObjectNode intent = open(call);
        intent.put("status", "canceled");
        intent.put("canceled_at", world.clock().seconds());
        intent.put("cancellation_reason", call.params().text("cancellation_reason"));
        intent.putNull("next_action");
        events.emit("payment_intent.canceled", intent, call.cause());
        return intent.deepCopy();
    }

    private ObjectNode open(Call call) {
        ObjectNode intent = shelf.get(KIND, call.id(), "intent");
        String status = intent.path("status").asText();
        if (!OPEN.contains(status)) {
            throw StripeFailure.refused(
                    "payment_intent_unexpected_state", "This PaymentIntent's status is " + status + ".");
        }
        return intent;
    }
}

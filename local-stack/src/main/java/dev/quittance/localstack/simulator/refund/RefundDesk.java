package dev.quittance.localstack.simulator.refund;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.balance.BalanceDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ControlDoor;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives money back, and takes it back in when the refund fails or is canceled. */
public final class RefundDesk {
    private static final String KIND = "refund";
    private static final Set<String> REASONS = Set.of("duplicate", "fraudulent", "requested_by_customer");

    private final World world;
    private final ObjectShelf shelf;
    private final EventLog events;
    private final BalanceDesk balance;
    private RefundState first = RefundState.SUCCEEDED;

    public RefundDesk(World world, BalanceDesk balance) {
        this.world = world;
        this.shelf = world.shelf();
        this.events = world.events();
        this.balance = balance;
    }

    public void mount(Router router, StripeApi api, ControlDoor control) {
        api.post(router, "/v1/refunds", this::create);
        api.get(router, "/v1/refunds", this::list);
        api.get(router, "/v1/refunds/:id", call -> refund(call).deepCopy());
        api.post(router, "/v1/refunds/:id", this::update);
        api.post(router, "/v1/refunds/:id/cancel", this::cancel);
        api.get(router, "/v1/charges/:id/refunds", this::listOfCharge);
        control.post("/_sim/refunds", this::create);
        control.post("/_sim/refunds/first_status", this::setFirst);
        control.post("/_sim/refunds/:id/succeed", call -> move(call, RefundState.SUCCEEDED));
        control.post("/_sim/refunds/:id/fail", call -> move(call, RefundState.FAILED));
        control.post("/_sim/refunds/:id/cancel", call -> move(call, RefundState.CANCELED));
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode charge = refundable(params);
        long left = charge.path("amount_captured").asLong()
                - charge.path("amount_refunded").asLong();
        long amount = params.has("amount") ? params.amount("amount") : left;
        if (amount < 1 || amount > left) {
            throw StripeFailure.invalid(
                    amount > left ? "amount_too_large" : "parameter_invalid_integer",
                    "amount",
                    "Refund amount (" + amount + ") is greater than unrefunded amount on charge (" + left + ").");
        }
        String reason = params.text("reason");
        if (reason != null && !REASONS.contains(reason)) {
            throw StripeFailure.invalid("parameter_invalid", "reason", "Invalid reason: " + reason);
        }
        return give(charge, amount, reason, params, call.cause()).deepCopy();
    }

    /**
     * Gives so much of a charge back.
     *
     * @param said what else was said of the refund
     */
    public ObjectNode give(ObjectNode charge, long amount, @Nullable String reason, Params said, Call.Cause cause) {
        ObjectNode refund = Shapes.fresh(KIND);
        refund.put("id", world.ids().refund());
        refund.put("amount", amount);
        refund.put("charge", charge.path("id").asText());
        refund.put("created", world.clock().seconds());
        refund.put("reason", reason);
        refund.put("status", first.text());
        for (String shared : new String[] {"currency", "customer", "payment_intent", "payment_method"}) {
            refund.set(shared, charge.path(shared));
        }
        said.mergeMetadata(refund);
        refund.put("balance_transaction", book("refund", refund, -amount));
        shelf.put(refund);
        ObjectNode before = charge.deepCopy();
        giveBack(charge, amount);
        events.emit("refund.created", refund, cause);
        events.emitChange("charge.refunded", before, charge, cause);
        if (first == RefundState.SUCCEEDED) {
            tellReference(refund);
        }
        return refund;
    }

    /** The charge that the parameters mean, when it is one that can be refunded. */
    private ObjectNode refundable(Params params) {
        String intent = params.text("payment_intent");
        String charge = params.text("charge");
        if (charge == null && intent == null) {
            throw StripeFailure.refused(
                    "parameter_missing", "One of the following params should be provided: payment_intent or charge.");
        }
        if (charge == null) {
            charge = shelf.get("payment_intent", String.valueOf(intent), "payment_intent")
                    .path("latest_charge")
                    .asText();
        }
        ObjectNode found = shelf.get("charge", charge, "charge");
        if (!found.path("status").asText().equals("succeeded")) {
            throw StripeFailure.refused(null, "This charge cannot be refunded: it has not succeeded.");
        }
        if (found.path("refunded").asBoolean()) {
            throw StripeFailure.refused("charge_already_refunded", "Charge " + charge + " has already been refunded.");
        }
        boolean isCharged = shelf.all("dispute").stream()
                .anyMatch(dispute ->
                        dispute.path("charge").asText().equals(found.path("id").asText())
                                && !dispute.path("is_charge_refundable").asBoolean());
        if (isCharged) {
            throw StripeFailure.refused("charge_disputed", "Charge " + charge + " has been charged back.");
        }
        return found;
    }

    /** A card's network names its reference a moment after the refund. */
    private void tellReference(ObjectNode refund) {
        ObjectNode before = refund.deepCopy();
        ObjectNode card = refund.withObject("/destination_details/card");
        card.put(
                "reference",
                Long.toString(74_000_000_000L + refund.path("created").asLong()));
        card.put("reference_status", "available");
        card.put("reference_type", "acquirer_reference_number");
        tellUpdate(before, refund, Call.Cause.NOBODY);
    }

    private ObjectNode move(Call call, RefundState next) {
        ObjectNode refund = refund(call);
        RefundState now = RefundState.parse(refund.path("status").asText()).orElseThrow();
        if (!now.next().contains(next)) {
            throw StripeFailure.refused(null, "A refund that is " + now.text() + " cannot be " + next.text() + ".");
        }
        ObjectNode before = refund.deepCopy();
        refund.put("status", next.text());
        if (next != RefundState.SUCCEEDED) {
            long amount = refund.path("amount").asLong();
            refund.put("failure_balance_transaction", book("refund_failure", refund, amount));
            if (next == RefundState.FAILED) {
                refund.put("failure_reason", call.params().text("reason", "expired_or_canceled_card"));
            }
            giveBack(shelf.get("charge", refund.path("charge").asText(), "charge"), -amount);
        }
        tellUpdate(before, refund, call.cause());
        if (next == RefundState.FAILED) {
            events.emit("refund.failed", refund, call.cause());
        }
        return refund.deepCopy();
    }

    /** Over the API only what waits for the buyer can be canceled. */
    private ObjectNode cancel(Call call) {
        if (!refund(call).path("status").asText().equals(RefundState.REQUIRES_ACTION.text())) {
            throw StripeFailure.refused(null, "You can only cancel a refund that requires action.");
        }
        return move(call, RefundState.CANCELED);
    }

    private ObjectNode update(Call call) {
        ObjectNode refund = refund(call);
        ObjectNode before = refund.deepCopy();
        call.params().mergeMetadata(refund);
        if (!before.equals(refund)) {
            tellUpdate(before, refund, call.cause());
        }
        return refund.deepCopy();
    }

    /** Both names of the event: endpoints of every age listen to one of them. */
    private void tellUpdate(ObjectNode before, ObjectNode refund, Call.Cause cause) {
        events.emitChange("refund.updated", before, refund, cause);
        events.emitChange("charge.refund.updated", before, refund, cause);
    }

    private String book(String type, ObjectNode refund, long amount) {
        ObjectNode transaction = balance.book(new BalanceDesk.Movement(
                type,
                type,
                refund.path("currency").asText(),
                amount,
                0,
                refund.path("id").asText(),
                type.equals("refund") ? "REFUND FOR CHARGE" : "REFUND FAILURE"));
        return transaction.path("id").asText();
    }

    private static void giveBack(ObjectNode charge, long amount) {
        long refunded = charge.path("amount_refunded").asLong() + amount;
        charge.put("amount_refunded", refunded);
        charge.put("refunded", refunded == charge.path("amount_captured").asLong());
    }

    private ObjectNode list(Call call) {
        return ListPage.of(
                call,
                shelf.all(KIND).stream()
                        .filter(refund -> ListPage.matches(call.params(), refund, "charge", "payment_intent"))
                        .filter(refund -> ListPage.isCreatedWithin(call.params(), refund))
                        .toList());
    }

    private ObjectNode listOfCharge(Call call) {
        shelf.get("charge", call.id(), "charge");
        return ListPage.of(
                call,
                shelf.all(KIND).stream()
                        .filter(refund -> refund.path("charge").asText().equals(call.id()))
                        .toList());
    }

    private ObjectNode setFirst(Call call) {
        String wanted = call.params().requiredText("status");
        first = RefundState.parse(wanted)
                .filter(state -> state != RefundState.FAILED && state != RefundState.CANCELED)
                .orElseThrow(
                        () -> StripeFailure.invalid("parameter_invalid", "status", "No refund begins as " + wanted));
        ObjectNode answer = Shapes.empty();
        answer.put("first_status", first.text());
        return answer;
    }

    private ObjectNode refund(Call call) {
        return shelf.get(KIND, call.id(), "id");
    }
}

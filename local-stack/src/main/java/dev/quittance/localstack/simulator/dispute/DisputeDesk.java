package dev.quittance.localstack.simulator.dispute;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.time.Duration;
import java.util.Set;

/** Disputes and inquiries: opened and decided over the control API, answered by the merchant over Stripe's. */
public final class DisputeDesk {
    /** Stripe takes it with the money and gives it back when the merchant wins. */
    static final long FEE_MINOR = 1_500;

    private static final String KIND = "dispute";
    private static final Duration ANSWER_WITHIN = Duration.ofDays(8);
    private static final Set<String> DECIDED = Set.of("won", "lost", "warning_closed");
    private static final String INQUIRY = "warning_";

    private final World world;
    private final ObjectShelf shelf;
    private final EventLog events;
    private final BalanceDesk balance;

    public DisputeDesk(World world, BalanceDesk balance) {
        this.world = world;
        this.shelf = world.shelf();
        this.events = world.events();
        this.balance = balance;
    }

    public void mount(Router router, StripeApi api, ControlDoor control) {
        api.get(router, "/v1/disputes", this::list);
        api.get(
                router,
                "/v1/disputes/:id",
                call -> shelf.get(KIND, call.id(), "dispute").deepCopy());
        api.post(router, "/v1/disputes/:id", this::answer);
        api.post(router, "/v1/disputes/:id/close", this::lose);
        control.post("/_sim/disputes", this::open);
        control.post("/_sim/disputes/:id/withdraw", this::withdraw);
        control.post("/_sim/disputes/:id/reinstate", this::reinstate);
        control.post("/_sim/disputes/:id/win", this::win);
        control.post("/_sim/disputes/:id/lose", this::lose);
        control.post("/_sim/fraud_warnings", this::warn);
    }

    /** A chargeback takes the money at once; an inquiry ({@code inquiry=true}) only asks. */
    private ObjectNode open(Call call) {
        Params params = call.params();
        ObjectNode charge = charge(params);
        long captured = charge.path("amount_captured").asLong();
        long amount = params.has("amount") ? params.amount("amount") : captured;
        if (!charge.path("status").asText().equals("succeeded")
                || charge.path("disputed").asBoolean()
                || amount < 1
                || amount > captured) {
            throw StripeFailure.refused(null, "This charge cannot be disputed for " + amount + ".");
        }
        boolean isInquiry = params.flag("inquiry", false);
        ObjectNode dispute = Shapes.fresh(KIND);
        dispute.put("id", world.ids().dispute());
        dispute.put("amount", amount);
        dispute.put("charge", charge.path("id").asText());
        dispute.put("created", world.clock().seconds());
        dispute.set("currency", charge.path("currency"));
        dispute.set("payment_intent", charge.path("payment_intent"));
        dispute.put("reason", params.text("reason", "fraudulent"));
        dispute.put("is_charge_refundable", isInquiry);
        dispute.put("status", isInquiry ? "warning_needs_response" : "needs_response");
        dispute.withObject("/evidence_details")
                .put("due_by", world.clock().instant().plus(ANSWER_WITHIN).getEpochSecond());
        dispute.withObject("/payment_method_details/card").put("case_type", isInquiry ? "inquiry" : "chargeback");
        shelf.put(dispute);
        ObjectNode before = charge.deepCopy();
        charge.put("disputed", true);
        events.emit("charge.dispute.created", dispute, call.cause());
        events.emitChange("charge.updated", before, charge, call.cause());
        if (!isInquiry) {
            takeMoney(dispute, call.cause());
        }
        return dispute.deepCopy();
    }

    /** The inquiry becomes a chargeback. */
    private ObjectNode withdraw(Call call) {
        ObjectNode dispute = undecided(call);
        if (!isInquiry(dispute)) {
            throw StripeFailure.refused(null, "The money of this dispute is withdrawn already.");
        }
        ObjectNode before = dispute.deepCopy();
        dispute.put("status", "needs_response");
        dispute.put("is_charge_refundable", false);
        dispute.withObject("/payment_method_details/card").put("case_type", "chargeback");
        events.emitChange("charge.dispute.updated", before, dispute, call.cause());
        takeMoney(dispute, call.cause());
        return dispute.deepCopy();
    }

    private ObjectNode reinstate(Call call) {
        ObjectNode dispute = shelf.get(KIND, call.id(), "dispute");
        if (held(dispute) == 0) {
            throw StripeFailure.refused(null, "This dispute holds no money.");
        }
        giveMoneyBack(dispute, call.cause());
        return dispute.deepCopy();
    }

    /** The money comes back, too, unless {@code reinstate=false} asks for a bank that forgets it. */
    private ObjectNode win(Call call) {
        ObjectNode dispute = undecided(call);
        dispute.put("status", isInquiry(dispute) ? "warning_closed" : "won");
        if (held(dispute) != 0 && call.params().flag("reinstate", true)) {
            giveMoneyBack(dispute, call.cause());
        }
        events.emit("charge.dispute.closed", dispute, call.cause());
        return dispute.deepCopy();
    }

    private ObjectNode lose(Call call) {
        ObjectNode dispute = undecided(call);
        dispute.put("status", isInquiry(dispute) ? "warning_closed" : "lost");
        events.emit("charge.dispute.closed", dispute, call.cause());
        return dispute.deepCopy();
    }

    /** Evidence, kept until {@code submit=true} sends it to the bank. */
    private ObjectNode answer(Call call) {
        ObjectNode dispute = undecided(call);
        ObjectNode before = dispute.deepCopy();
        Params evidence = call.params().inside("evidence");
        ObjectNode details = dispute.withObject("/evidence_details");
        if (evidence != null) {
            ObjectNode kept = dispute.withObject("/evidence");
            evidence.tree().properties().forEach(field -> evidence.copyTexts(kept, field.getKey()));
            details.put("has_evidence", true);
        }
        call.params().mergeMetadata(dispute);
        if (call.params().flag("submit", evidence != null)) {
            details.put("submission_count", details.path("submission_count").asInt() + 1);
            dispute.put("status", isInquiry(dispute) ? "warning_under_review" : "under_review");
        }
        events.emitChange("charge.dispute.updated", before, dispute, call.cause());
        return dispute.deepCopy();
    }

    /** A card's network says that the payment was probably not the card holder's. */
    private ObjectNode warn(Call call) {
        ObjectNode charge = charge(call.params());
        ObjectNode warning = Shapes.fresh("radar.early_fraud_warning");
        warning.put("id", world.ids().fraudWarning());
        warning.put("charge", charge.path("id").asText());
        warning.set("payment_intent", charge.path("payment_intent"));
        warning.put("created", world.clock().seconds());
        warning.put("fraud_type", call.params().text("fraud_type", "made_with_stolen_card"));
        warning.put(
                "actionable",
                !charge.path("refunded").asBoolean() && !charge.path("disputed").asBoolean());
        shelf.put(warning);
        events.emit("radar.early_fraud_warning.created", warning, call.cause());
        return warning.deepCopy();
    }

    private void takeMoney(ObjectNode dispute, Call.Cause cause) {
        book(dispute, "dispute", -dispute.path("amount").asLong(), FEE_MINOR);
        events.emit("charge.dispute.funds_withdrawn", dispute, cause);
    }

    private void giveMoneyBack(ObjectNode dispute, Call.Cause cause) {
        book(dispute, "dispute_reversal", dispute.path("amount").asLong(), -FEE_MINOR);
        events.emit("charge.dispute.funds_reinstated", dispute, cause);
    }

    private void book(ObjectNode dispute, String category, long amount, long fee) {
        ObjectNode transaction = balance.book(new BalanceDesk.Movement(
                "adjustment",
                category,
                dispute.path("currency").asText(),
                amount,
                fee,
                dispute.path("id").asText(),
                (amount < 0 ? "Chargeback withdrawal for " : "Chargeback reversal for ")
                        + dispute.path("charge").asText()));
        ((ArrayNode) dispute.path("balance_transactions")).add(transaction.deepCopy());
    }

    private static long held(ObjectNode dispute) {
        long sum = 0;
        for (var transaction : dispute.path("balance_transactions")) {
            sum -= transaction.path("amount").asLong();
        }
        return sum;
    }

    private ObjectNode undecided(Call call) {
        ObjectNode dispute = shelf.get(KIND, call.id(), "dispute");
        if (DECIDED.contains(dispute.path("status").asText())) {
            throw StripeFailure.refused(null, "This dispute is already closed.");
        }
        return dispute;
    }

    private static boolean isInquiry(ObjectNode dispute) {
        return dispute.path("status").asText().startsWith(INQUIRY);
    }

    private ObjectNode charge(Params params) {
        String intent = params.text("payment_intent");
        String charge = intent == null
                ? params.requiredText("charge")
                : shelf.get("payment_intent", intent, "payment_intent")
                        .path("latest_charge")
                        .asText();
        return shelf.get("charge", charge, "charge");
    }

    private ObjectNode list(Call call) {
        return ListPage.of(
                call,
                shelf.all(KIND).stream()
                        .filter(dispute -> ListPage.matches(call.params(), dispute, "charge", "payment_intent"))
                        .filter(dispute -> ListPage.isCreatedWithin(call.params(), dispute))
                        .toList());
    }
}

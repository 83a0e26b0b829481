package dev.quittance.localstack.simulator.balance;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;

/** Payouts to the merchant's bank: asked for over the API, or as Stripe makes them by itself, of everything that is available. */
public final class PayoutDesk {
    static final Duration ARRIVES_AFTER = Duration.ofDays(1);

    private static final String KIND = "payout";

    private final World world;
    private final ObjectShelf shelf;
    private final EventLog events;
    private final BalanceDesk balance;

    public PayoutDesk(World world, BalanceDesk balance) {
        this.world = world;
        this.shelf = world.shelf();
        this.events = world.events();
        this.balance = balance;
    }

    public void mount(Router router, StripeApi api, ControlDoor control) {
        api.post(router, "/v1/payouts", call -> create(call, false));
        api.get(router, "/v1/payouts", this::list);
        api.get(router, "/v1/payouts/:id", call -> payout(call).deepCopy());
        api.post(router, "/v1/payouts/:id/cancel", this::cancel);
        control.post("/_sim/payouts", call -> create(call, true));
        control.post("/_sim/payouts/:id/pay", call -> {
            arrive(pending(call));
            return payout(call).deepCopy();
        });
        control.post("/_sim/payouts/:id/fail", this::fail);
    }

    /** @param isAutomatic takes all that is available, and says which transactions that was */
    private ObjectNode create(Call call, boolean isAutomatic) {
        Params params = call.params();
        String currency = isAutomatic && !params.has("currency") ? "eur" : params.currency("currency");
        long available = balance.available(currency);
        long amount = isAutomatic ? available : params.amount("amount");
        if (amount < 1 || amount > available) {
            throw StripeFailure.refused(
                    "balance_insufficient", "You have insufficient funds in your Stripe account (" + available + ").");
        }
        ObjectNode payout = Shapes.fresh(KIND);
        String id = world.ids().payout();
        long now = world.clock().seconds();
        payout.put("id", id);
        payout.put("amount", amount);
        payout.put("arrival_date", now + ARRIVES_AFTER.toSeconds());
        payout.put("automatic", isAutomatic);
        payout.put("created", now);
        payout.put("currency", currency);
        payout.put("reconciliation_status", isAutomatic ? "in_progress" : "not_applicable");
        params.copyTexts(payout, "description", "statement_descriptor");
        params.mergeMetadata(payout);
        if (isAutomatic) {
            balance.availableOnes(currency).forEach(transaction -> transaction.put(BalanceDesk.TAKEN, id));
        }
        payout.put("balance_transaction", book("payout", payout, -amount));
        shelf.put(payout);
        events.emit("payout.created", payout, call.cause());
        world.agenda().atSecond(payout.path("arrival_date").asLong(), () -> {
            if (isPending(payout)) {
                arrive(payout);
            }
        });
        return payout.deepCopy();
    }

    private void arrive(ObjectNode payout) {
        payout.put("status", "paid");
        events.emit("payout.paid", payout, Call.Cause.NOBODY);
        if (payout.path("automatic").asBoolean()) {
            payout.put("reconciliation_status", "completed");
            events.emit("payout.reconciliation_completed", payout, Call.Cause.NOBODY);
        }
    }

    /** A bank may send back even what has arrived. */
    private ObjectNode fail(Call call) {
        ObjectNode payout = payout(call);
        if (payout.path("status").asText().equals("canceled")
                || payout.path("status").asText().equals("failed")) {
            throw StripeFailure.refused(null, "This payout is over.");
        }
        payout.put("status", "failed");
        payout.put("failure_code", call.params().text("code", "account_closed"));
        payout.put("failure_message", "The bank account has been closed.");
        payout.put(
                "failure_balance_transaction",
                book("payout_failure", payout, payout.path("amount").asLong()));
        events.emit("payout.failed", payout, call.cause());
        return payout.deepCopy();
    }

    private ObjectNode cancel(Call call) {
        ObjectNode payout = pending(call);
        payout.put("status", "canceled");
        book("payout_cancel", payout, payout.path("amount").asLong());
        events.emit("payout.canceled", payout, call.cause());
        return payout.deepCopy();
    }

    private String book(String type, ObjectNode payout, long amount) {
        ObjectNode transaction = balance.book(new BalanceDesk.Movement(
                type,
                type.equals("payout") ? "payout" : "payout_reversal",
                payout.path("currency").asText(),
                amount,
                0,
                payout.path("id").asText(),
                "STRIPE PAYOUT"));
        balance.makeAvailable(List.of(transaction));
        if (type.equals("payout") && payout.path("automatic").asBoolean()) {
            transaction.put(BalanceDesk.TAKEN, payout.path("id").asText());
        }
        return transaction.path("id").asText();
    }

    private ObjectNode pending(Call call) {
        ObjectNode payout = payout(call);
        if (!isPending(payout)) {
            throw StripeFailure.refused(
                    null, "This payout is " + payout.path("status").asText() + ".");
        }
        return payout;
    }

    private static boolean isPending(ObjectNode payout) {
        return payout.path("status").asText().equals("pending");
    }

    private ObjectNode list(Call call) {
        return ListPage.of(
                call,
                shelf.all(KIND).stream()
                        .filter(payout -> ListPage.matches(call.params(), payout, "status"))
                        .filter(payout -> ListPage.isCreatedWithin(call.params(), payout))
                        .toList());
    }

    private ObjectNode payout(Call call) {
        return shelf.get(KIND, call.id(), "payout");
    }
}

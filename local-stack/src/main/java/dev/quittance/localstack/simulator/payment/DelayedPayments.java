package dev.quittance.localstack.simulator.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ControlDoor;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Direct debits on their way: the bank answers days later by the clock, or as soon as a lever decides. */
public final class DelayedPayments {
    static final Duration BANK_TAKES = Duration.ofDays(3);

    private final World world;
    private final PaymentDesk payments;
    private final Map<String, Waiting> waiting = new HashMap<>();

    private record Waiting(ObjectNode intent, ObjectNode charge, Consumer<Boolean> then) {}

    public DelayedPayments(World world, PaymentDesk payments) {
        this.world = world;
        this.payments = payments;
    }

    public void mount(ControlDoor control) {
        control.post("/_sim/payments/:id/succeed", call -> decide(call, true));
        control.post("/_sim/payments/:id/fail", call -> decide(call, false));
    }

    /**
     * Sends the debit to the bank.
     *
     * @param succeeds what the bank will answer when nobody decides before
     * @param then told what it answered, between the payment's events and its balance transaction
     */
    public void send(ObjectNode intent, PaymentDesk.Holder holder, boolean succeeds, Consumer<Boolean> then) {
        ObjectNode charge = payments.charge(intent, holder, Means.DEBIT);
        payments.process(intent, charge);
        String id = intent.path("id").asText();
        waiting.put(id, new Waiting(intent, charge, then));
        world.agenda().at(world.clock().instant().plus(BANK_TAKES), () -> {
            if (waiting.containsKey(id)) {
                decide(id, succeeds);
            }
        });
    }

    private ObjectNode decide(Call call, boolean succeeds) {
        decide(call.id(), succeeds);
        return world.shelf().get("payment_intent", call.id(), "id").deepCopy();
    }

    private void decide(String id, boolean succeeds) {
        Waiting payment = waiting.remove(id);
        if (payment == null) {
            throw StripeFailure.noSuch("payment that waits for a bank", id, "id");
        }
        if (succeeds) {
            payments.succeed(payment.intent(), payment.charge());
            payment.then().accept(true);
            payments.settle(payment.charge());
        } else {
            payments.decline(payment.intent(), payment.charge(), Means.DEBIT);
            payment.then().accept(false);
        }
    }
}

package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What goes wrong at Stripe's API, on purpose: errors before anything is done, answers that get lost after it, and slow ones. */
public final class ApiFaults {
    static final int COUNT_MAX = 1_000;
    static final int MILLIS_MAX = 120_000;

    private int failNext;
    private int failStatus = 500;
    private int loseNext;
    private int delayMillis;

    public void mount(ControlDoor control) {
        control.get("/_sim/api_faults", _ -> describe());
        control.post("/_sim/api_faults", this::set);
    }

    /** Fails the request when it is one of the next to fail. */
    void failIfAsked() {
        if (failNext > 0) {
            failNext--;
            throw StripeFailure.ofStripe(failStatus);
        }
    }

    /** Whether what was done is not answered: the connection breaks instead. */
    boolean losesAnswer() {
        if (loseNext > 0) {
            loseNext--;
            return true;
        }
        return false;
    }

    int delayMillis() {
        return delayMillis;
    }

    private ObjectNode set(Call call) {
        Params params = call.params();
        int status = within(params.whole("fail_status"), failStatus, 599);
        if (status != 429 && status / 100 != 5) {
            throw StripeFailure.invalid("parameter_invalid", "fail_status", "Stripe's own failures are 429 and 5xx.");
        }
        failStatus = status;
        failNext = within(params.whole("fail_next"), failNext, COUNT_MAX);
        loseNext = within(params.whole("lose_next"), loseNext, COUNT_MAX);
        delayMillis = within(params.whole("delay_millis"), delayMillis, MILLIS_MAX);
        return describe();
    }

    private static int within(@Nullable Long asked, int otherwise, int max) {
        return asked == null ? otherwise : Math.clamp(asked, 0, max);
    }

    private ObjectNode describe() {
        ObjectNode node = Shapes.empty();
        node.put("fail_next", failNext);
        node.put("fail_status", failStatus);
        node.put("lose_next", loseNext);
        node.put("delay_millis", delayMillis);
        return node;
    }
}

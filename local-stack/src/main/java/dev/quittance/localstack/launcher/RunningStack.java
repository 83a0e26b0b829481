package dev.quittance.localstack.launcher;

import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.stack.StackFailure;
import dev.quittance.localstack.stack.StateFolder;
import java.util.Map;

/** The stack that {@code ./quittance up} runs, as the other commands find it. */
final class RunningStack {
    private RunningStack() {}

    static StateFolder state() {
        return new StateFolder(Checkout.find().root().resolve(".quittance"));
    }

    static Map<String, String> environment() {
        return state().environment()
                .orElseThrow(() -> new StackFailure("the stack does not run; ./quittance up starts it."));
    }
}

package dev.quittance.localstack.stack;

import dev.quittance.localstack.process.Checkout;
import java.nio.file.Path;
import java.util.Set;

/** A launcher to be killed: runs a stack without services until then. */
final class KilledLauncher {
    private KilledLauncher() {}

    public static void main(String[] arguments) {
        LocalStack stack = LocalStack.start(
                StackOptions.temporary(Checkout.find(), Path.of(arguments[0])).withServices(Set.of()));
        System.out.println(stack.failure().join());
    }
}

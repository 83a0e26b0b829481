package dev.quittance.localstack.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints what a program needs in order to use the stack. */
@Command(name = "env", description = "Print KEY=VALUE lines for programs.")
final class EnvCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        RunningStack.environment().forEach((key, value) -> System.out.println(key + "=" + value));
        return 0;
    }
}

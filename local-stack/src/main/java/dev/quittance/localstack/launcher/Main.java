package dev.quittance.localstack.launcher;

import dev.quittance.localstack.stack.StackFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The door of the launcher; the script {@code quittance} finds a JDK, builds, and comes here. */
@Command(
        name = "quittance",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            EnvCommand.class,
            TokenCommand.class,
            SendCommand.class,
            StripeEndpointCommand.class
        })
public final class Main {
    static final int FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        CommandLine commands = new CommandLine(new Main());
        commands.setExecutionExceptionHandler((failure, command, parsed) -> {
            System.err.println("quittance: " + sentence(failure));
            return FAILED;
        });
        System.exit(commands.execute(arguments));
    }

    private static String sentence(Exception failure) {
        return failure instanceof StackFailure ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}

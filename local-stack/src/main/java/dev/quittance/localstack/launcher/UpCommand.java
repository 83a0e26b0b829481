package dev.quittance.localstack.launcher;

import dev.quittance.localstack.demo.Demo;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.stack.LocalStack;
import dev.quittance.localstack.stack.StackFailure;
import dev.quittance.localstack.stack.StackOptions;
import dev.quittance.localstack.stack.StateFolder;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the stack until it is told to stop. */
@Command(name = "up", description = "Start everything and stay until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    private static final int NANOS_PER_TENTH = 100_000_000;

    @Option(names = "--fresh", description = "Drop the data of earlier runs.")
    private boolean isFresh;

    @Option(names = "--port", description = "The gateway's port. Default: ${DEFAULT-VALUE}.")
    private int port = StackOptions.GATEWAY_PORT;

    @Option(names = "--no-demo", description = "Do not make a sample purchase.")
    private boolean isWithoutDemo;

    @Override
    public Integer call() {
        long began = System.nanoTime();
        StackOptions options =
                StackOptions.standard(Checkout.find(), UpCommand::tell).withGatewayPort(port);
        if (isFresh) {
            drop(new StateFolder(options.state()));
        }
        LocalStack stack = new LocalStack(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
        stack.start();
        show(stack.env(), (System.nanoTime() - began) / NANOS_PER_TENTH);
        if (!isWithoutDemo) {
            new Demo(stack.env(), stack.tokens()::userToken, UpCommand::tell).run();
        }
        throw new StackFailure(stack.failure().join());
    }

    private static void drop(StateFolder state) {
        if (state.processes().find(StateFolder.LAUNCHER).isPresent()) {
            throw new StackFailure("the stack is running already; ./quittance down ends it.");
        }
        state.processes().killAll();
        state.drop();
    }

    private static void stop(LocalStack stack) {
        if (stack.isOpen()) {
            stack.close();
            tell("Stopped.");
        }
    }

    private static void show(Map<String, String> environment, long tenths) {
        tell("""
                Ready after %d.%d s.
                  gateway   %s
                  Stripe    %s
                  Kafka     %s
                  Postgres  ./quittance env prints PG_URL, and the rest of what a program needs
                  purchase  ./quittance demo
                  end       Ctrl-C or ./quittance down\
                """.formatted(
                        tenths / 10,
                        tenths % 10,
                        environment.get("GATEWAY_URL"),
                        stripe(environment.getOrDefault("STRIPE_API_BASE", "")),
                        environment.get("KAFKA_BOOTSTRAP")));
    }

    /** The simulator has a page for people; Stripe itself has its own. */
    private static String stripe(String base) {
        return base.startsWith("http://") ? base + "/_sim" : base;
    }

    private static void tell(String line) {
        System.out.println(line);
    }
}

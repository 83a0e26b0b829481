package dev.quittance.localstack.launcher;

import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Leftovers;
import dev.quittance.localstack.process.Liveness;
import dev.quittance.localstack.stack.StateFolder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Ends the stack, also one whose launcher was killed. */
@Command(name = "down", description = "Stop everything.")
final class DownCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration STOP_MAX = Duration.ofSeconds(45);

    @Override
    public Integer call() {
        Leftovers processes = RunningStack.state().processes();
        Optional<ProcessHandle> launcher = processes.find(StateFolder.LAUNCHER);
        if (launcher.isPresent()) {
            launcher.get().destroy();
            await(launcher.get());
        }
        List<String> left = processes.killAll();
        if (!left.isEmpty()) {
            System.out.println("Killed what was left: " + String.join(", ", left) + ".");
        } else if (launcher.isEmpty()) {
            System.out.println("Nothing was running.");
        } else {
            System.out.println("Stopped.");
        }
        return 0;
    }

    private static void await(ProcessHandle launcher) {
        long deadline = System.nanoTime() + STOP_MAX.toNanos();
        while (Liveness.runs(launcher)) {
            if (System.nanoTime() > deadline) {
                launcher.destroyForcibly();
            }
            Await.pause(PAUSE);
        }
    }
}

package dev.quittance.localstack.supervisor;

import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Leftovers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts components, starts again what dies while it runs, and ends all of them, services before parts. */
public final class Supervisor implements AutoCloseable {
    private static final Duration STOP_MAX = Duration.ofSeconds(15);
    /** Longer than any service takes to finish what it has in hand. */
    private static final Duration RETIRE_MAX = Duration.ofSeconds(45);
    /** As in a cluster, where whoever sends requests hears of a pod's end a little later than the pod itself. */
    private static final Duration PAUSE_BEFORE_STOP = Duration.ofSeconds(1);

    private final Leftovers leftovers;
    private final Consumer<String> tell;
    private final InstantSource clock;
    private final Map<String, Watched> watched = Collections.synchronizedMap(new LinkedHashMap<>());
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private volatile boolean isClosing;

    /** @param tell gets one sentence for each thing worth knowing */
    public Supervisor(Leftovers leftovers, Consumer<String> tell, InstantSource clock) {
        this.leftovers = leftovers;
        this.tell = tell;
        this.clock = clock;
    }

    /** Starts the component and returns when it is ready. From then on it is started again whenever it dies. */
    public void start(Component component) {
        Watched started = new Watched(component, new Deaths());
        watched.put(component.name(), started);
        Process process = launch(started);
        component.awaitReady().accept(process);
        watch(started, process);
    }

    /**
     * Starts another of the same name beside the one that runs. When it is ready it takes over, and the old one is asked to end
     * and waited for.
     */
    public void replace(Component next, Runnable takeOver) {
        Watched old = watched.get(next.name());
        if (old == null) {
            throw new IllegalStateException(next.name() + " does not run");
        }
        String retiring = next.name() + "-retiring";
        old.process().ifPresent(process -> leftovers.remember(retiring, process.toHandle()));
        Watched started = new Watched(next, new Deaths());
        Process process = launch(started);
        next.awaitReady().accept(process);
        old.isRetired = true;
        watched.put(next.name(), started);
        watch(started, process);
        takeOver.run();
        Await.pause(PAUSE_BEFORE_STOP);
        old.process().filter(Process::isAlive).ifPresent(old.component.stop());
        old.process().ifPresent(ending -> awaitEnd(retiring, ending, RETIRE_MAX));
    }

    /** Completes with a sentence when a component cannot be kept running. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** The process as it runs now. */
    public Optional<Process> process(String name) {
        return Optional.ofNullable(watched.get(name)).flatMap(Watched::process).filter(Process::isAlive);
    }

    /** Ends it as a crash of the machine would: it is asked nothing. The supervisor then starts it again. */
    public void kill(String name) {
        process(name)
                .orElseThrow(() -> new IllegalStateException(name + " does not run"))
                .destroyForcibly();
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosing = true;
        }
        end(Component.Role.SERVICE);
        end(Component.Role.PART);
    }

    private void end(Component.Role role) {
        List<Watched> ending = new ArrayList<>(watched.values());
        ending.removeIf(each -> each.component.role() != role);
        ending.forEach(each -> each.process().filter(Process::isAlive).ifPresent(each.component.stop()));
        ending.forEach(each -> each.process().ifPresent(process -> awaitEnd(each.component.name(), process, STOP_MAX)));
    }

    private void awaitEnd(String name, Process process, Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        leftovers.forget(name);
    }

    private Process launch(Watched started) {
        synchronized (this) {
            if (isClosing) {
                throw new IllegalStateException("the stack is ending");
            }
            Process process = started.component.command().get().start();
            leftovers.remember(started.component.name(), process.toHandle());
            started.process = process;
            return process;
        }
    }

    private void watch(Watched started, Process process) {
        Thread.ofVirtual().name(started.component.name() + "-watch").start(() -> {
            process.onExit().join();
            restart(started, process);
        });
    }

    private void restart(Watched died, Process process) {
        if (died.isRetired) {
            return;
        }
        String name = died.component.name();
        died.deaths.add(clock.instant());
        if (died.deaths.isHopeless()) {
            failure.complete(name + " died " + Deaths.MAX + " times within a minute; see its log.");
            return;
        }
        try {
            Await.pause(died.deaths.pauseBeforeRestart());
            if (isClosing) {
                return; // Ctrl-C reaches the children as well
            }
            tell.accept(name + " died (exit code " + process.exitValue() + "); starting it again.");
            Process next = launch(died);
            watch(died, next);
            died.component.awaitReady().accept(next);
            tell.accept(name + " is back.");
        } catch (RuntimeException e) {
            // It died again before it was ready: its own watch counts that death and decides.
            tell.accept(name + " did not come back at once: " + e.getMessage());
        }
    }

    private static final class Watched {
        private final Component component;
        private final Deaths deaths;
        private volatile boolean isRetired;
        private volatile @org.jspecify.annotations.Nullable Process process;

        private Watched(Component component, Deaths deaths) {
            this.component = component;
            this.deaths = deaths;
        }

        private Optional<Process> process() {
            return Optional.ofNullable(process);
        }
    }
}

package dev.quittance.localstack.testparts;

import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the background JVM of this build, or starts it. */
final class PartsLaunch {
    private static final int HEAP_MEBIBYTES = 160;
    private static final Duration START_MAX = Duration.ofSeconds(180);

    private final Checkout checkout;
    private final PartsFiles files;
    private final long owner;

    private PartsLaunch(Checkout checkout) {
        this.checkout = checkout;
        this.files = new PartsFiles(checkout);
        this.owner = owner().pid();
    }

    static PartsClient find() {
        PartsLaunch launch = new PartsLaunch(Checkout.find());
        return launch.files.locked(() -> launch.attached().orElseGet(launch::started));
    }

    /** The running one, when it accepts this build as one more reason to go on. */
    private Optional<PartsClient> attached() {
        return files.port().map(PartsClient::new).filter(this::attach);
    }

    private boolean attach(PartsClient client) {
        try {
            client.ask("/attach", Map.of("owner", Long.toString(owner)));
            return true;
        } catch (UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }

    private PartsClient started() {
        files.withdraw();
        List<String> words = new ArrayList<>(checkout.java(HEAP_MEBIBYTES));
        words.addAll(List.of("-cp", checkout.localStackClassPath(), PartsDaemon.class.getName()));
        words.add(Long.toString(owner));
        Process process = new Command("test-parts", words, Map.of(), files.folder(), files.log()).start();
        try {
            Await.ready(
                    "the JVM of the embedded parts",
                    process,
                    START_MAX,
                    () -> files.port().isPresent());
        } catch (IllegalStateException e) {
            process.destroy();
            throw new IllegalStateException(e.getMessage() + "; see " + files.log(), e);
        }
        return new PartsClient(files.port().orElseThrow());
    }

    /** The build: the next Java process above this one, which is Maven; or this one, when an IDE runs the test. */
    private static ProcessHandle owner() {
        ProcessHandle self = ProcessHandle.current();
        Optional<ProcessHandle> ancestor = self.parent();
        while (ancestor.isPresent() && !isJava(ancestor.get())) {
            ancestor = ancestor.get().parent();
        }
        return ancestor.orElse(self);
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter("java"::equals)
                .isPresent();
    }
}

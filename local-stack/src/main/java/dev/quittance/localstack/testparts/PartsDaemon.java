package dev.quittance.localstack.testparts;

import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Folders;
import dev.quittance.localstack.process.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The background JVM: holds the embedded parts for as long as one of the builds that asked for them runs, then ends
 * them and removes their data.
 */
final class PartsDaemon {
    private static final Duration OWNER_CHECK = Duration.ofMillis(500);

    private final PartsFiles files;
    private final Set<Long> owners = ConcurrentHashMap.newKeySet();

    private PartsDaemon(PartsFiles files) {
        this.files = files;
    }

    public static void main(String[] arguments) throws IOException {
        Checkout checkout = Checkout.find();
        PartsFiles files = new PartsFiles(checkout);
        PartsDaemon daemon = new PartsDaemon(files);
        daemon.owners.add(Long.parseLong(arguments[0]));

        Leftovers leftovers = new Leftovers(files.folder().resolve("run"));
        leftovers.killAll();
        Path data = files.folder().resolve("data");
        Folders.delete(data);

        RunningParts parts = new RunningParts(checkout, data, leftovers);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parts, data), "parts-stop"));
        parts.start();
        PartsEndpoint endpoint = new PartsEndpoint(parts, daemon.owners);
        files.announce(endpoint.start());
        daemon.awaitOwners();
        System.exit(0);
    }

    private static void stop(RunningParts parts, Path data) {
        parts.kill();
        Folders.delete(data);
    }

    private void awaitOwners() {
        while (!files.locked(this::isOver)) {
            Await.pause(OWNER_CHECK);
        }
    }

    /** Under the lock, so that no build can join a JVM that has just decided to end. */
    private boolean isOver() {
        owners.removeIf(
                owner -> !ProcessHandle.of(owner).map(ProcessHandle::isAlive).orElse(false));
        if (owners.isEmpty()) {
            files.withdraw();
        }
        return owners.isEmpty();
    }
}

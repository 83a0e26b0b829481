package dev.quittance.endtoend.bench;

import dev.quittance.localstack.process.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The limit that nobody who runs these statements on this Postgres can pass: pgbench, with nothing to think about. */
final class PgbenchArm {
    static final String NAME = "pgbench";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final long RUN_SECONDS_MAX = 600;

    private final Path program;
    private final BenchParts parts;

    PgbenchArm(Path program, BenchParts parts) {
        this.program = program;
        this.parts = parts;
    }

    /** On the path, else where Debian puts it, the newest first. */
    static Path find() {
        return onPath().or(PgbenchArm::ofDebian)
                .orElseThrow(() -> new BenchFailure("pgbench was not found. Install it ('apt install postgresql',"
                        + " 'brew install postgresql' or your system's package) or put it on the PATH."));
    }

    /** One script, once, on one connection: the service too has one transaction at a time. */
    void run(ArmDatabase database, Path script) {
        run(database, script, 1, 1);
    }

    /** @param transactions how often each client runs the script */
    void run(ArmDatabase database, Path script, int clients, int transactions) {
        await(start(database, script, NAME, clients, transactions));
    }

    /** As many connections as there are scripts, each through its own once. */
    void runTogether(ArmDatabase database, List<Path> scripts) {
        startTogether(database, scripts).forEach(this::await);
    }

    /** The same, from when the gate that all scripts wait at is opened. */
    Duration runTogether(ArmDatabase database, List<Path> scripts, Gate gate) {
        List<Process> clients = startTogether(database, scripts);
        gate.awaitWaiting(clients.size());
        long begin = System.nanoTime();
        gate.close();
        clients.forEach(this::await);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** One script on one connection; to be awaited. */
    Process start(ArmDatabase database, Path script, int number) {
        return start(database, script, NAME + "-" + number, 1, 1);
    }

    private List<Process> startTogether(ArmDatabase database, List<Path> scripts) {
        List<Process> clients = new ArrayList<>();
        for (Path script : scripts) {
            clients.add(start(database, script, clients.size()));
        }
        return clients;
    }

    private Process start(ArmDatabase database, Path script, String name, int clients, int transactions) {
        List<String> words = List.of(
                program.toString(),
                "--no-vacuum",
                "--client=" + clients,
                "--transactions=" + transactions,
                "--protocol=simple",
                "--file=" + script,
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--username=" + database.login().user(),
                database.name());
        Map<String, String> environment = Map.of("PGPASSWORD", database.login().password(), "PGCLIENTENCODING", "UTF8");
        Path folder = script.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a script without a folder");
        }
        return parts.start(new Command(name, words, environment, folder, parts.log(NAME)));
    }

    /** Until it has ended, and well. */
    void await(Process process) {
        try {
            if (!process.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new BenchFailure("pgbench failed; see " + parts.log(NAME));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    private static Optional<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder).resolve(NAME);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> ofDebian() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
            versions.forEach(version -> found.add(version.resolve("bin").resolve(NAME)));
        } catch (IOException e) {
            return Optional.empty();
        }
        return found.stream().filter(Files::isExecutable).max(Comparator.comparing(Path::toString));
    }
}

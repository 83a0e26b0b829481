package dev.quittance.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Remembers child processes in files, so that they can be found and ended after their parent was killed. A process is
 * known by its id and its start time: an id alone may be somebody else's by then.
 */
public final class Leftovers {
    private static final String SUFFIX = ".pid";
    private static final Duration DEATH_WAIT_MAX = Duration.ofSeconds(10);
    private static final Duration DEATH_PAUSE = Duration.ofMillis(20);
    private static final Duration START_TIME_TOLERANCE = Duration.ofMillis(50);

    private final Path directory;

    public Leftovers(Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    public void remember(String name, ProcessHandle process) {
        try {
            Files.createDirectories(directory);
            Path draft = directory.resolve(name + ".draft");
            Files.writeString(draft, process.pid() + " " + startMillis(process).orElse(0L) + "\n");
            Files.move(draft, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of that name, when it still runs. */
    public Optional<ProcessHandle> find(String name) {
        return read(file(name));
    }

    /** Every remembered process that still runs, by name. */
    public Map<String, ProcessHandle> all() {
        Map<String, ProcessHandle> running = new TreeMap<>();
        for (Path file : files()) {
            String name = nameOf(file);
            find(name).ifPresent(process -> running.put(name, process));
        }
        return running;
    }

    /** Kills whatever is still remembered and runs, and waits until it is gone. Returns the names it killed. */
    public List<String> killAll() {
        Map<String, ProcessHandle> running = all();
        running.values()
                .removeIf(process -> process.pid() == ProcessHandle.current().pid());
        running.values().forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + DEATH_WAIT_MAX.toNanos();
        running.forEach((name, process) -> awaitDeath(name, process, deadline));
        files().forEach(file -> forget(nameOf(file)));
        return List.copyOf(running.keySet());
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            entries.forEach(files::add);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    private static Optional<ProcessHandle> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String text = Files.readString(file).strip();
            int space = text.indexOf(' ');
            long pid = Long.parseLong(text.substring(0, space));
            long started = Long.parseLong(text.substring(space + 1));
            return ProcessHandle.of(pid).filter(Liveness::runs).filter(found -> isSame(found, started));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(ProcessHandle process, long startedMillis) {
        return Math.abs(startMillis(process).orElse(0L) - startedMillis) <= START_TIME_TOLERANCE.toMillis();
    }

    private static Optional<Long> startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli);
    }

    private static void awaitDeath(String name, ProcessHandle process, long deadline) {
        while (Liveness.runs(process)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " (process " + process.pid() + ") does not end");
            }
            Await.pause(DEATH_PAUSE);
        }
    }
}

package dev.quittance.localstack.stack;

import dev.quittance.localstack.process.Folders;
import dev.quittance.localstack.process.Leftovers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The folder where a stack keeps what it must find again: data, secrets, logs, and which processes are its own. */
public record StateFolder(Path root) {
    /** The name under which the launcher remembers itself. */
    public static final String LAUNCHER = "launcher";

    public StateFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path data(String component) {
        return root.resolve("data").resolve(component);
    }

    public Path log(String component) {
        return root.resolve("logs").resolve(component + ".log");
    }

    public Path secrets() {
        return root.resolve("secrets.properties");
    }

    public Leftovers processes() {
        return new Leftovers(root.resolve("run"));
    }

    /** Drops everything but logs. */
    public void drop() {
        Folders.delete(root.resolve("data"));
        Folders.delete(secrets());
    }

    void prepare() {
        try {
            Files.createDirectories(root.resolve("logs"));
            Files.createDirectories(root.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + root + ": " + e.getMessage(), e);
        }
    }

    /** A run writes a log of its own; the run before is kept beside it. */
    void turnLog(String component) {
        Path log = log(component);
        try {
            if (Files.exists(log)) {
                Files.move(
                        log, root.resolve("logs").resolve(component + ".old.log"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Written when the stack is ready, gone when it is not. */
    void writeEnvironment(Map<String, String> values) {
        String text = new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining());
        try {
            Path draft = root.resolve("env.new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            Files.move(draft, environmentFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteEnvironment() {
        Folders.delete(environmentFile());
    }

    /** The lines of the running stack, when there is one. */
    public Optional<Map<String, String>> environment() {
        if (processes().find(LAUNCHER).isEmpty() || !Files.exists(environmentFile())) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = new TreeMap<>();
            for (String line : Files.readAllLines(environmentFile())) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return Optional.of(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path environmentFile() {
        return root.resolve("env");
    }
}

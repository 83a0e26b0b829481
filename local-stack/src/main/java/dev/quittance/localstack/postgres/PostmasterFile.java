package dev.quittance.localstack.postgres;

import dev.quittance.localstack.process.Liveness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The lock file that a killed postmaster leaves. PostgreSQL sees by itself that the process is gone, but not when its
 * id belongs to another program by now, which is common in containers.
 */
final class PostmasterFile {
    private PostmasterFile() {}

    static void deleteStale(Path file) {
        try {
            if (Files.exists(file) && !isPostgres(Files.readAllLines(file))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPostgres(List<String> lines) {
        try {
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(Liveness::runs)
                    .flatMap(process -> process.info().command())
                    .filter(command -> command.contains("postgres"))
                    .isPresent();
        } catch (NumberFormatException | java.util.NoSuchElementException e) {
            return false;
        }
    }
}

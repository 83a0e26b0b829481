package dev.quittance.endtoend.repository;

import dev.quittance.localstack.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the repository, without what builds and runs leave behind. */
final class Sources {
    static final List<String> SERVICES =
            List.of("webhook-ingest", "provisioning-service", "billing-ledger", "voucher-service");
    static final List<String> MODULES = List.of(
            "contracts",
            "foundation",
            "telemetry",
            "messaging",
            "local-stack",
            "webhook-ingest",
            "provisioning-service",
            "billing-ledger",
            "voucher-service",
            "deploy",
            "end-to-end");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".quittance", ".idea", ".vscode");
    private static final Path ROOT = Checkout.find().root();

    private Sources() {}

    static Path root() {
        return ROOT;
    }

    static String read(String path) {
        return read(ROOT.resolve(path));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file below, of any of the endings; all files when none is given. */
    static List<Path> below(String folder, String... endings) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT.resolve(folder), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && !NOT_OURS.contains(file.getFileName().toString())
                            && isWanted(file, endings)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    private static boolean isWanted(Path file, String... endings) {
        return endings.length == 0 || List.of(endings).stream().anyMatch(file.toString()::endsWith);
    }
}

package dev.quittance.localstack.stack;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The packaged services, copied away from Maven's folders: a build may replace those while the stack runs. */
final class Installed {
    private Installed() {}

    /** Says what is missing before anything is started. */
    static void requireBuilt(Checkout checkout, Slice slice) {
        if (!Files.exists(built(checkout, slice).resolve("quarkus-run.jar"))) {
            throw new StackFailure(slice.module() + " is not built; ./quittance up builds what is missing.");
        }
    }

    /** Returns the jar to run. */
    static Path install(Checkout checkout, Slice slice, StateFolder state) {
        Path target = state.root().resolve("app").resolve(slice.module());
        Folders.delete(target);
        Path source = built(checkout, slice);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    // The times too: by them the JVM knows that a record of classes fits them.
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + slice.module() + ": " + e.getMessage(), e);
        }
        return target.resolve("quarkus-run.jar");
    }

    private static Path built(Checkout checkout, Slice slice) {
        return checkout.root().resolve(slice.module()).resolve("target/quarkus-app");
    }
}

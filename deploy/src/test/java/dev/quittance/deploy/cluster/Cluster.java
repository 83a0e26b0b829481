package dev.quittance.deploy.cluster;

import dev.quittance.deploy.model.Manifests;
import dev.quittance.deploy.model.Manifests.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of k8s/, in the order in which they are applied. */
final class Cluster {
    static final Path ROOT = Path.of(System.getProperty("quittance.root", ".."));

    private Cluster() {}

    static List<Path> files() {
        try (Stream<Path> files = Files.list(ROOT.resolve("k8s"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Manifest> read(Path file) {
        try {
            return Manifests.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> List<T> objects(Class<T> type) {
        return files().stream()
                .flatMap(file -> read(file).stream())
                .map(Manifest::typed)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}

package dev.quittance.deploy.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import dev.quittance.deploy.image.Image.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Writes an image to a tar, which {@code docker load}, {@code podman load} and {@code skopeo copy docker-archive:} read. */
final class ImageTar {
    static final String SCRATCH = "scratch";
    /** No name is needed, only a number that nobody else has; the chart says the same. */
    private static final String NOBODY = "10001:10001";

    private final ImageOptions options;

    ImageTar(ImageOptions options) {
        this.options = options;
    }

    /** The tar's path. */
    Path write(Image image)
            throws IOException, InterruptedException, RegistryException, ExecutionException,
                    CacheDirectoryCreationException, InvalidImageReferenceException {
        JibContainerBuilder builder = options.from().equals(SCRATCH) ? Jib.fromScratch() : Jib.from(options.from());
        for (Layer layer : image.layers()) {
            builder.addFileEntriesLayer(entries(layer));
        }
        builder.setUser(NOBODY)
                .setWorkingDirectory(AbsoluteUnixPath.get("/app"))
                .setEntrypoint(image.entrypoint())
                .setProgramArguments(List.of())
                .setExposedPorts(Ports.parse(image.ports().stream()
                        .map(port -> Integer.toString(port))
                        .toList()))
                .setLabels(labels(image));
        Files.createDirectories(options.to());
        Path tar = options.to().resolve(image.name() + ".tar");
        builder.containerize(Containerizer.to(TarImage.at(tar).named(image.name() + ":" + options.version()))
                .setApplicationLayersCache(options.to().resolve("layers"))
                .setBaseImageLayersCache(options.to().resolve("base-layers"))
                .setToolName("quittance"));
        return tar;
    }

    private Map<String, String> labels(Image image) {
        return Map.of(
                "org.opencontainers.image.title", image.name(),
                "org.opencontainers.image.version", options.version(),
                "org.opencontainers.image.revision", options.revision(),
                "org.opencontainers.image.licenses", "Apache-2.0",
                "org.opencontainers.image.description", image.description());
    }

    private static FileEntriesLayer entries(Layer layer) throws IOException {
        if (!Files.isDirectory(layer.from())) {
            throw new IOException(layer.from() + " is not there; build first: ./mvnw package -DskipTests");
        }
        FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
        AbsoluteUnixPath to = AbsoluteUnixPath.get(layer.to());
        try (Stream<Path> files = Files.list(layer.from())) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!layer.without().contains(name)) {
                    entries.addEntryRecursive(file, to.resolve(name));
                }
            }
        }
        return entries.build();
    }
}

package dev.quittance.deploy.image;

import java.nio.file.Path;
import java.util.List;

/**
 * How images are to be.
 *
 * @param from the base: a name in a registry, {@code tar://} and a file as {@code docker save} makes it, or {@code scratch}
 * @param to the folder of the tars
 */
record ImageOptions(Path root, String from, Path to, String version, String revision) {
    /** A Java 25 and what it needs; the same build of it that the Dockerfile takes. */
    static final String BASE = "eclipse-temurin:25-jre-noble";

    static final String USAGE = """
            Usage: ./quittance images [--from=BASE] [--to=FOLDER] [--version=V] [--revision=R]

              --from=BASE      a name in a registry, tar://FILE or scratch (%s)
              --to=FOLDER      where the tars go (deploy/target/images)
              --version=V      the images' tag and label (0.1.0)
              --revision=R     the commit, for the label
            """.formatted(BASE);

    static ImageOptions parse(Path root, List<String> arguments) {
        ImageOptions options = new ImageOptions(root, BASE, root.resolve("deploy/target/images"), "0.1.0", "unknown");
        for (String argument : arguments) {
            options = options.with(argument);
        }
        return options;
    }

    private ImageOptions with(String argument) {
        int equals = argument.indexOf('=');
        String value = argument.substring(equals + 1);
        if (equals < 0 || value.isBlank()) {
            throw new IllegalArgumentException("there is no option " + argument + ".\n" + USAGE);
        }
        return switch (argument.substring(0, equals)) {
            case "--from" -> new ImageOptions(root, value, to, version, revision);
            case "--to" -> new ImageOptions(root, from, Path.of(value).toAbsolutePath(), version, revision);
            case "--version" -> new ImageOptions(root, from, to, value, revision);
            case "--revision" -> new ImageOptions(root, from, to, version, value);
            default -> throw new IllegalArgumentException("there is no option " + argument + ".\n" + USAGE);
        };
    }
}

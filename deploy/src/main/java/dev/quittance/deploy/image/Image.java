package dev.quittance.deploy.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What an image is made of, beside its base.
 *
 * @param layers what changes least stands first
 */
record Image(String name, String description, List<Layer> layers, List<String> entrypoint, List<Integer> ports) {
    static final List<String> SERVICES =
            List.of("webhook-ingest", "provisioning-service", "billing-ledger", "voucher-service");
    private static final String HOME = "/app";
    /** Made by another JDK than the image's; the image of the Dockerfile has one of its own. */
    private static final String CACHE = "app.aot";

    Image {
        layers = List.copyOf(layers);
        entrypoint = List.copyOf(entrypoint);
        ports = List.copyOf(ports);
    }

    /**
     * A folder and where it stands in the image.
     *
     * @param without names directly in the folder that are left out
     */
    record Layer(String name, Path from, String to, Set<String> without) {}

    /** A service as the build has packaged it. */
    static Image service(Path root, String name) {
        Path packaged = root.resolve(name).resolve("target/quarkus-app");
        return new Image(
                name,
                "Quittance: " + name,
                List.of(
                        new Layer("libraries", packaged.resolve("lib"), HOME + "/lib", Set.of()),
                        new Layer("application", packaged, HOME, Set.of("lib", CACHE))),
                List.of(
                        "java",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        HOME + "/quarkus-run.jar"),
                List.of(8080, 9000));
    }

    static Image migrations(Path root) {
        Path target = root.resolve("deploy/target");
        return new Image(
                "migrations",
                "Quittance: the database's roles and migrations",
                List.of(
                        new Layer("libraries", target.resolve("lib"), HOME + "/lib", Set.of()),
                        new Layer("application", target.resolve("classes"), HOME + "/classes", Set.of())),
                List.of(
                        "java",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        HOME + "/classes:" + HOME + "/lib/*",
                        "dev.quittance.deploy.Main"),
                List.of());
    }
}

package dev.quittance.localstack.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of the sources, where the built classes, the migrations and the packaged services are found. The local
 * stack is a developer's tool and always runs from one.
 *
 * @param root the folder with {@code mvnw}
 */
public record Checkout(Path root) {
    public static final String ROOT_PROPERTY = "quittance.root";

    public Checkout {
        root = root.toAbsolutePath().normalize();
    }

    public static Checkout find() {
        Optional<String> told = Optional.ofNullable(System.getProperty(ROOT_PROPERTY));
        Path start = Path.of(told.orElse("")).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return new Checkout(folder);
            }
        }
        throw new IllegalStateException(
                "no folder with mvnw above " + start + "; set the system property " + ROOT_PROPERTY);
    }

    /** The class path of our own JVMs: the broker, the test parts, the launcher. */
    public String localStackClassPath() {
        Path target = root.resolve("local-stack/target");
        return String.join(
                java.io.File.pathSeparator,
                target.resolve("classes").toString(),
                root.resolve("contracts/target/classes").toString(),
                target.resolve("lib").toString() + "/*");
    }

    /** The start of a command line for a small JVM of ours. */
    public List<String> java(int heapMebibytes) {
        List<String> words = new ArrayList<>();
        words.add(java());
        words.addAll(List.of("-Xmx" + heapMebibytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.addAll(openJdkFlags());
        words.add("-Djava.util.logging.config.file=" + root.resolve("local-stack/target/classes/logging.properties"));
        words.add("-D" + ROOT_PROPERTY + "=" + root);
        return words;
    }

    /** The program that runs this JVM runs the others too. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** What spares memory, and what keeps Netty and the database drivers from warning on a JDK 25. */
    public static List<String> openJdkFlags() {
        return List.of(
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }
}

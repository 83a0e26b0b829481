package dev.quittance.localstack.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root, and containers and build machines often are. In a user namespace of its own the
 * process is nobody, while its files stay where they are and belong to whom they belong.
 */
final class NotAsRoot {
    private static final List<String> NAMESPACE = List.of("unshare", "--user");

    private NotAsRoot() {}

    /** What stands before PostgreSQL's own words. */
    static List<String> prefix() {
        return Holder.PREFIX;
    }

    private static List<String> find() {
        if (!isRoot()) {
            return List.of();
        }
        if (!succeeds(NAMESPACE.get(0), NAMESPACE.get(1), "true")) {
            throw new IllegalStateException("PostgreSQL cannot run as root here, because user namespaces are forbidden"
                    + " (unshare --user fails). Run this as another user.");
        }
        return NAMESPACE;
    }

    private static boolean isRoot() {
        Map<String, String> environment = System.getenv();
        if (!Path.of("/proc/self").toFile().exists()) {
            return "root".equals(environment.get("USER"));
        }
        try {
            return Integer.valueOf(0).equals(java.nio.file.Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean succeeds(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static final class Holder {
        private static final List<String> PREFIX = find();
    }
}

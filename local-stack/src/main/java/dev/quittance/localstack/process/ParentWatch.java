package dev.quittance.localstack.process;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Ends a process, and all that its parent remembered as children, when the parent is gone. A parent that is killed
 * cannot tidy up; this makes one of its children do it.
 */
public final class ParentWatch {
    private static final Duration CHECK = Duration.ofMillis(500);

    private ParentWatch() {}

    /** @param run the folder where the parent remembers its children, itself not among them */
    public static void start(long parent, Path run) {
        Thread watch = new Thread(() -> endWith(parent, run), "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void endWith(long parent, Path run) {
        while (Liveness.runs(parent)) {
            Await.pause(CHECK);
        }
        try {
            new Leftovers(run).killAll();
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}

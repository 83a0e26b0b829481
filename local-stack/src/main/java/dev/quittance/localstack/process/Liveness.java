package dev.quittance.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process runs. One that ended but that nobody has asked about, as in a container without an init, does not. */
public final class Liveness {
    private static final char ZOMBIE = 'Z';

    private Liveness() {}

    public static boolean runs(ProcessHandle process) {
        return process.isAlive() && state(process.pid()) != ZOMBIE;
    }

    public static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(Liveness::runs).orElse(false);
    }

    /** The letter after the program's name in brackets; a space where there is no such file. */
    private static char state(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "stat");
        try {
            if (Files.exists(file)) {
                String text = Files.readString(file);
                return text.charAt(text.lastIndexOf(')') + 2);
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            return ' '; // it went while we looked; isAlive knows
        }
        return ' ';
    }
}

package dev.quittance.endtoend.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What Linux tells of processor time, in ticks of a hundredth of a second. */
final class ProcFile {
    static final int TICK_MILLIS = 10;
    static final String RESIDENT = "VmRSS";
    /** The most that it ever was. */
    static final String PEAK = "VmHWM";

    private static final int KIBIBYTES_PER_MEBIBYTE = 1024;
    private static final Path PROC = Path.of("/proc");
    /** Of the fields after the command's closing parenthesis. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    /** user, nice, system; then idle and iowait, which are no work; then irq, softirq, steal. */
    private static final int IDLE = 3;

    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;

    private ProcFile() {}

    /** What the process used itself; nothing of its children. Zero once it is gone. */
    static long ofProcess(long pid) {
        return read(PROC.resolve(Long.toString(pid)).resolve("stat"))
                .map(ProcFile::processTicks)
                .orElse(0L);
    }

    /** In mebibytes, by the name that Linux gives it. Zero once the process is gone. */
    static long memoryMebibytes(long pid, String kind) {
        return read(PROC.resolve(Long.toString(pid)).resolve("status"))
                .map(status -> mebibytes(status, kind))
                .orElse(0L);
    }

    /** What the machine's processors did, all together, with what its host took from them. */
    static long ofMachine() {
        return read(PROC.resolve("stat")).map(ProcFile::machineTicks).orElse(0L);
    }

    static String loadAverage() {
        return read(PROC.resolve("loadavg"))
                .map(text -> String.join(" ", Arrays.asList(text.split(" ", -1)).subList(0, 3)))
                .orElse("unknown");
    }

    static boolean isThere() {
        return Files.isReadable(PROC.resolve("stat"));
    }

    static long processTicks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    }

    static long mebibytes(String status, String kind) {
        return status.lines()
                        .filter(line -> line.startsWith(kind + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElse(0L)
                / KIBIBYTES_PER_MEBIBYTE;
    }

    static long machineTicks(String stat) {
        String all = stat.lines().findFirst().orElseThrow();
        String[] fields = all.strip().split(" +", -1);
        long ticks = 0;
        for (int i = 0; i <= STEAL; i++) {
            if (i != IDLE && i != IO_WAIT) {
                ticks += Long.parseLong(fields[i + 1]);
            }
        }
        return ticks;
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

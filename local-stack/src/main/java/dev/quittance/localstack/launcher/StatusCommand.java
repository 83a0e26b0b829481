package dev.quittance.localstack.launcher;

import dev.quittance.localstack.process.Leftovers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Says what runs and what it takes. */
@Command(name = "status", description = "What runs, and how much memory it takes.")
final class StatusCommand implements Callable<Integer> {
    private static final int KIBIBYTES_PER_MEBIBYTE = 1024;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Leftovers processes = RunningStack.state().processes();
        Map<String, ProcessHandle> running = processes.all();
        if (running.isEmpty()) {
            System.out.println("Nothing runs.");
            return Main.FAILED;
        }
        long total = 0;
        for (Map.Entry<String, ProcessHandle> process : running.entrySet()) {
            long mebibytes = residentKibibytes(process.getValue()) / KIBIBYTES_PER_MEBIBYTE;
            total += mebibytes;
            System.out.printf(
                    "%-22s pid %-8d %5d MiB%n",
                    process.getKey(), process.getValue().pid(), mebibytes);
        }
        System.out.printf("%-22s %18d MiB%n", "together", total);
        return 0;
    }

    /** A process and its children that are no components themselves: Postgres has one for each connection. */
    private static long residentKibibytes(ProcessHandle process) throws IOException, InterruptedException {
        boolean isLauncher = process.info().commandLine().orElse("").contains(Main.class.getName());
        Stream<ProcessHandle> counted =
                isLauncher ? Stream.of(process) : Stream.concat(Stream.of(process), process.descendants());
        String pids = counted.map(each -> Long.toString(each.pid())).collect(Collectors.joining(","));
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", pids).start();
        String output = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        ps.waitFor();
        return output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .mapToLong(Long::parseLong)
                .sum();
    }
}

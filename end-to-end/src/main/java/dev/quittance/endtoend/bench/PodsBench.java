package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.bench.PodsStore.Done;
import dev.quittance.endtoend.purchase.Purchase;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.kafka.KafkaServer;
import dev.quittance.localstack.postgres.PostgresServer;
import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Folders;
import dev.quittance.localstack.stack.LocalStack;
import dev.quittance.localstack.stack.StackOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a pod takes: the whole product runs with the chart's own JVM options, and processor time and memory of each process are read
 * when it has started, while it waits, and while purchases come in faster than they are applied.
 */
final class PodsBench {
    static final String USAGE = """
              --pods       what each service takes when it starts, waits and works, with the chart's own options
            """;

    private static final Pattern OPTIONS = Pattern.compile("(?m)^  javaOptions: (.+)$");
    private static final Path VALUES = Path.of("deploy", "helm", "quittance", "values.yaml");
    private static final int WARM_UP = 2_000;
    private static final int PURCHASES = 4_000;
    private static final int QUICK_BY = 4;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration DRAIN_MAX = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MICROS_PER_TICK = ProcFile.TICK_MILLIS * 1_000;

    private final LocalStack stack;
    private final PodsStore store;
    private final PrintStream out;

    private PodsBench(LocalStack stack, PrintStream out) {
        this.stack = stack;
        this.store = new PodsStore(stack.env().getOrDefault("PG_URL", ""));
        this.out = out;
    }

    static boolean run(List<String> arguments, Checkout checkout, PrintStream out) {
        if (!ProcFile.isThere()) {
            throw new BenchFailure("processor time is read from /proc, which this system does not have");
        }
        Path state = checkout.root().resolve("end-to-end/target/bench-pods");
        Folders.delete(state);
        List<String> flags = options(checkout);
        out.println("JVM options: " + String.join(" ", flags));
        StackOptions options = StackOptions.temporary(checkout, state).withServiceJvmFlags(flags);
        try (LocalStack stack = LocalStack.start(options)) {
            return new PodsBench(stack, out).measure(arguments.contains("--quick") ? QUICK_BY : 1);
        }
    }

    private boolean measure(int divisor) {
        Map<String, Long> started = ticks();
        Await.pause(SETTLE);
        Map<String, Long> before = ticks();
        Map<String, Long> idleMemory = memory(ProcFile.RESIDENT);
        Await.pause(IDLE);
        Map<String, Long> idle = since(before);
        Buyers buyers = new Buyers(stack.env());
        work(buyers, WARM_UP / divisor);
        Done warm = store.done();
        Map<String, Long> warmed = ticks();
        long begin = System.nanoTime();
        int purchases = PURCHASES / divisor;
        work(buyers, purchases);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<String, Long> worked = since(warmed);
        Done all = store.done();
        long events = (long) purchases * Purchase.EVENTS_EACH;
        out.println(line(
                "%d events in %.0f s, %.0f a second, on %d processors",
                events, seconds, events / seconds, Runtime.getRuntime().availableProcessors()));
        out.println();
        out.println(
                "| process | start, CPU s | idle, millicores | idle, MiB | us an event | at work, millicores | peak, MiB |");
        out.println("| --- | --- | --- | --- | --- | --- | --- |");
        Map<String, Long> peak = memory(ProcFile.PEAK);
        started.keySet()
                .forEach(name -> out.println(line(
                        "| %s | %.1f | %.0f | %d | %.0f | %.0f | %d |",
                        name,
                        micros(started, name) / 1e6,
                        micros(idle, name) / 1e3 / IDLE.toSeconds(),
                        idleMemory.getOrDefault(name, 0L),
                        micros(worked, name) / events,
                        micros(worked, name) / 1e3 / seconds,
                        peak.getOrDefault(name, 0L))));
        out.println();
        out.println(line("%.0f bytes in Postgres an event", (all.bytes() - warm.bytes()) / (double) events));
        return all.vouchers() - warm.vouchers() == purchases;
    }

    /** Posts so many purchases and returns when each has had all its effects. */
    private void work(Buyers buyers, int purchases) {
        Done before = store.done();
        buyers.buy(purchases);
        long deadline = System.nanoTime() + DRAIN_MAX.toNanos();
        while (!store.done().isWhole(before.vouchers() + purchases)) {
            if (System.nanoTime() > deadline) {
                throw new BenchFailure("after " + DRAIN_MAX.toMinutes() + " minutes there is still " + store.done());
            }
            Await.pause(PAUSE);
        }
    }

    /** As a cluster runs them. */
    private static List<String> options(Checkout checkout) {
        try {
            Matcher options = OPTIONS.matcher(Files.readString(checkout.root().resolve(VALUES)));
            if (!options.find()) {
                throw new BenchFailure(VALUES + " has no javaOptions");
            }
            return Arrays.asList(options.group(1).strip().split(" +", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Long> ticks() {
        Map<String, Long> ticks = new TreeMap<>();
        processes()
                .forEach((name, process) -> ticks.put(
                        name,
                        family(process)
                                .mapToLong(each -> ProcFile.ofProcess(each.pid()))
                                .sum()));
        return ticks;
    }

    private Map<String, Long> since(Map<String, Long> before) {
        Map<String, Long> since = new TreeMap<>();
        ticks().forEach((name, ticks) -> since.put(name, ticks - before.getOrDefault(name, 0L)));
        return since;
    }

    /** In mebibytes, of the process itself: Postgres' share the most of theirs. */
    private Map<String, Long> memory(String kind) {
        Map<String, Long> memory = new TreeMap<>();
        processes().forEach((name, process) -> memory.put(name, ProcFile.memoryMebibytes(process.pid(), kind)));
        return memory;
    }

    private Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> processes = new TreeMap<>();
        Stream.concat(
                        Arrays.stream(Slice.values()).map(Slice::module),
                        Stream.of(PostgresServer.NAME, KafkaServer.NAME))
                .forEach(name -> stack.process(name).ifPresent(process -> processes.put(name, process.toHandle())));
        return processes;
    }

    /** Postgres has a process for each connection; one that has ended is no longer counted, so the pools are left as they are. */
    private static Stream<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static double micros(Map<String, Long> ticks, String name) {
        return (double) ticks.getOrDefault(name, 0L) * MICROS_PER_TICK;
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

package dev.quittance.endtoend.bench;

import dev.quittance.localstack.process.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Notes several times a second how much processor time each part has used, so that any window can be asked for afterwards. */
final class CpuSampler implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Map<String, Supplier<Stream<Long>>> parts;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<Long, Long> lastTicks = new HashMap<>();
    private final Map<String, Long> used = new HashMap<>();
    private final Thread thread;
    private volatile boolean running = true;

    /** @param parts the process ids of each part, asked for at every sample: Postgres starts and ends backends */
    CpuSampler(Map<String, Supplier<Stream<Long>>> parts) {
        this.parts = Map.copyOf(parts);
        this.thread = Thread.ofPlatform().name("cpu-sampler").daemon().start(this::run);
    }

    /** Ticks so far, at one moment. */
    private record Sample(Instant at, long machine, Map<String, Long> parts) {}

    /** Processor time within a window. */
    record Usage(Map<String, Duration> parts, Duration machine) {
        /** What neither we nor the parts under test used. */
        Duration foreign() {
            Duration ours = parts.values().stream().reduce(Duration.ZERO, Duration::plus);
            Duration foreign = machine.minus(ours);
            return foreign.isNegative() ? Duration.ZERO : foreign;
        }
    }

    Usage between(Instant from, Instant to) {
        List<Sample> all = copy();
        Map<String, Duration> usage = new HashMap<>();
        for (String part : parts.keySet()) {
            usage.put(part, ticks(at(all, to, part) - at(all, from, part)));
        }
        return new Usage(usage, ticks(at(all, to, null) - at(all, from, null)));
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            take();
            Await.pause(PAUSE);
        }
        take();
    }

    private synchronized void take() {
        parts.forEach((name, processes) -> used.merge(name, newTicks(processes), Long::sum));
        samples.add(new Sample(Instant.now(), ProcFile.ofMachine(), Map.copyOf(used)));
    }

    /** Since the last sample: a process that has ended keeps what it had used. */
    private long newTicks(Supplier<Stream<Long>> processes) {
        return processes
                .get()
                .mapToLong(pid -> {
                    long now = ProcFile.ofProcess(pid);
                    Long before = lastTicks.put(pid, now);
                    // Who was not there before has used all of it since.
                    long known = before != null ? before : samples.isEmpty() ? now : 0;
                    return Math.max(0, now - known);
                })
                .sum();
    }

    private synchronized List<Sample> copy() {
        return List.copyOf(samples);
    }

    /** Between two samples time is taken to be used evenly. */
    private static double at(List<Sample> samples, Instant moment, @Nullable String part) {
        Sample before = samples.getFirst();
        for (Sample after : samples) {
            if (after.at().isAfter(moment)) {
                double whole = Duration.between(before.at(), after.at()).toNanos();
                double share =
                        whole == 0 ? 0 : Duration.between(before.at(), moment).toNanos() / whole;
                return value(before, part) + Math.clamp(share, 0, 1) * (value(after, part) - value(before, part));
            }
            before = after;
        }
        return value(before, part);
    }

    private static double value(Sample sample, @Nullable String part) {
        return part == null ? sample.machine() : sample.parts().getOrDefault(part, 0L);
    }

    private static Duration ticks(double ticks) {
        return Duration.ofNanos(Math.round(ticks * ProcFile.TICK_MILLIS * 1_000_000));
    }
}

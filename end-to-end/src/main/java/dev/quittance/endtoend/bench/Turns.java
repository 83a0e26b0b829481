package dev.quittance.endtoend.bench;

import dev.quittance.localstack.postgres.PostgresServer;
import dev.quittance.localstack.process.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Several scripts of pgbench, each on a database of its own, of which one runs at any moment: they take turns of half a second
 * until all have ended. What makes the machine quicker or slower for a while then does so to all of them, and what differs by
 * hundredths can be told apart.
 */
final class Turns {
    private static final Duration TURN = Duration.ofMillis(500);
    /** What a transaction takes at most that had begun when its client was stopped. */
    private static final Duration LAST_TRANSACTION = Duration.ofMillis(150);

    private final BenchParts parts;
    private final PgbenchArm pgbench;

    Turns(BenchParts parts, PgbenchArm pgbench) {
        this.parts = parts;
        this.pgbench = pgbench;
    }

    /**
     * A script that waits at the first gate before its work, and at the second one after it.
     *
     * @see Gate
     */
    record Lane(ArmDatabase database, Path script) {}

    private final class Runner implements AutoCloseable {
        private final Process client;
        private final long backend;
        private final Gate end;
        private final long before;

        Runner(Lane lane, int number) {
            String database = lane.database().name();
            this.end = parts.arms().gate(database, Gate.END);
            try (Gate begin = parts.arms().gate(database, Gate.BEGIN)) {
                this.client = pgbench.start(lane.database(), lane.script(), number);
                begin.awaitWaiting(1);
                this.backend = parts.arms().pgbenchBackend(database);
                signal("STOP");
            }
            this.before = own();
        }

        void turn() {
            signal("CONT");
            Await.pause(TURN);
            signal("STOP");
            Await.pause(LAST_TRANSACTION);
        }

        boolean hasEnded() {
            return end.waiting() > 0;
        }

        long used() {
            return own() - before;
        }

        /** Ticks of the client and of the process that serves it. */
        private long own() {
            return ProcFile.ofProcess(client.pid()) + ProcFile.ofProcess(backend);
        }

        private void signal(String name) {
            try {
                if (new ProcessBuilder("kill", "-" + name, Long.toString(client.pid()))
                                .start()
                                .waitFor()
                        != 0) {
                    throw new BenchFailure("pgbench is gone; see " + parts.log(PgbenchArm.NAME));
                }
            } catch (IOException e) {
                throw new BenchFailure("kill: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchFailure("interrupted", e);
            }
        }

        @Override
        public void close() {
            end.close();
            signal("CONT");
            pgbench.await(client);
        }
    }

    /** Processor time of each lane, in ticks; what Postgres' writers did for all of them is shared alike. */
    List<Double> run(List<Lane> lanes) {
        List<Runner> runners = new ArrayList<>();
        try {
            for (Lane lane : lanes) {
                runners.add(new Runner(lane, runners.size()));
            }
            long before = writers(runners);
            for (List<Runner> running = runners; !running.isEmpty(); ) {
                running.forEach(Runner::turn);
                running = running.stream().filter(runner -> !runner.hasEnded()).toList();
            }
            double shared = (double) (writers(runners) - before) / lanes.size();
            return runners.stream().map(runner -> runner.used() + shared).toList();
        } finally {
            runners.forEach(Runner::close);
        }
    }

    /** Ticks of Postgres' own processes. */
    private long writers(List<Runner> runners) {
        return parts.processIds()
                .getOrDefault(PostgresServer.NAME, Stream::empty)
                .get()
                .filter(pid -> runners.stream().noneMatch(runner -> runner.backend == pid))
                .mapToLong(ProcFile::ofProcess)
                .sum();
    }
}

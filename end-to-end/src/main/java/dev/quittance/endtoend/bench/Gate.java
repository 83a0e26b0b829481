package dev.quittance.endtoend.bench;

import dev.quittance.localstack.process.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Holds many clients of one database until all are ready: pgbench reads a long script for seconds before it says the first
 * word of it, which is not Postgres' doing.
 */
final class Gate implements AutoCloseable {
    private static final long KEY = 4_711;
    /** What a client says to wait. */
    static final String WAIT = "select pg_advisory_lock_shared(%d);%n".formatted(KEY);

    private static final String HOLD = "select pg_advisory_lock(%d)".formatted(KEY);
    private static final String COUNT_WAITING = """
        select count(*) from pg_locks l join pg_database d on d.oid = l.database
        where d.datname = current_database() and l.locktype = 'advisory' and not l.granted
        """;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration WAITING_MAX = Duration.ofMinutes(5);

    private final Connection connection;

    /** @param connection closed with the gate */
    Gate(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(HOLD);
        }
    }

    void awaitWaiting(int clients) {
        long end = System.nanoTime() + WAITING_MAX.toNanos();
        while (waiting() < clients) {
            if (System.nanoTime() > end) {
                throw new BenchFailure("not all clients came to the gate");
            }
            Await.pause(PAUSE);
        }
    }

    /** Lets everybody through. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new BenchFailure("Postgres: " + e.getMessage(), e);
        }
    }

    private long waiting() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COUNT_WAITING)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new BenchFailure("Postgres: " + e.getMessage(), e);
        }
    }
}

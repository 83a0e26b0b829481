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
    /** Before the work. */
    static final long BEGIN = 4_711;
    /** After it. */
    static final long END = 4_712;

    private static final String HOLD = "select pg_advisory_lock(%d)";
    private static final String COUNT_WAITING = """
        select count(*) from pg_locks l join pg_database d on d.oid = l.database
        where d.datname = current_database() and l.locktype = 'advisory' and not l.granted and l.objid = %d
        """;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration WAITING_MAX = Duration.ofMinutes(5);

    private final Connection connection;
    private final long key;

    /**
     * @param connection closed with the gate
     * @param key {@link #BEGIN} or {@link #END}
     */
    Gate(Connection connection, long key) throws SQLException {
        this.connection = connection;
        this.key = key;
        try (Statement statement = connection.createStatement()) {
            statement.execute(HOLD.formatted(key));
        }
    }

    /** What a client says to wait. */
    static String await(long key) {
        return "select pg_advisory_lock_shared(%d);%n".formatted(key);
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

    /** How many clients have come to it. */
    long waiting() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COUNT_WAITING.formatted(key))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new BenchFailure("Postgres: " + e.getMessage(), e);
        }
    }
}

package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.bench.Timeline.Batch;
import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Asks the runs' databases what was done in them. */
final class ArmStore {
    private static final String DROP = "drop database if exists %s with (force)";
    private static final String CHECKPOINT = "checkpoint";
    private static final String RECORD = "alter role %s in database %s set log_statement = 'all'";
    private static final String SHOW_VERSION = "show server_version";

    private static final String COUNT_POSTED = "select last_value from billing.journal_entries_entry_id_seq";
    private static final String FIND_BATCHES =
            "select recorded_at, count(*) as events from billing.inbox group by recorded_at order by recorded_at";
    private static final String FIND_TOTALS = """
        select (select count(*) from billing.inbox where outcome = 'applied') as claimed,
               (select count(*) from billing.charges) as charges,
               (select count(*) from billing.journal_entries) as entries,
               (select count(*) from billing.entry_lines) as lines,
               (select coalesce(sum(case direction when 'debit' then amount else -amount end), 0)
                from billing.entry_lines) as lines_sum
        """;
    private static final String FIND_BALANCES = """
        select a.name, sum(b.credits - b.debits)::bigint as balance
        from billing.balances b join billing.ledger_accounts a using (account_id)
        group by a.name
        """;

    private static final String FIND_PACE = """
        select count(*) as events, extract(epoch from max(recorded_at) - min(recorded_at)) as seconds from %s
        """;

    private static final String SEED_ACCOUNTS = """
        with users as (
          insert into auth.users (id, email)
          select gen_random_uuid(), 'bench-' || n || '@example.com' from generate_series(1, %d) n
          returning id)
        select count(*) from users
        """;
    private static final String SEED_NUMBERS = """
        insert into provisioning.accounts (user_id, account_number)
        select id, (%d + row_number() over (order by id) - 1)::text from auth.users
        """;
    private static final String COUNT_VOUCHERS = "select count(*) from voucher.vouchers";
    private static final String COUNT_REDEMPTIONS = "select count(*) from voucher.voucher_redemptions";

    private static final String FIND_PGBENCH =
            "select pid from pg_stat_activity where datname = current_database() and application_name = 'pgbench'";

    private final PostgresServer postgres;

    ArmStore(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** Writes all dirty pages, so that no run pays for what was before it. */
    void checkpoint() {
        execute(CHECKPOINT);
    }

    void drop(String name) {
        execute(DROP.formatted(name));
    }

    /** From the login's next session on, Postgres writes each statement to its log, with its parameters. */
    void recordStatements(Login login, String name) {
        execute(RECORD.formatted(login.user(), name));
    }

    /** So many users with an account each, numbered from the benchmark's first. */
    void seedAccounts(String name, int count) {
        ask(name, SEED_ACCOUNTS.formatted(count), ArmStore::first);
        run(name, SEED_NUMBERS.formatted(VoucherCodes.FIRST_ACCOUNT));
    }

    long countVouchers(String name) {
        return ask(name, COUNT_VOUCHERS, ArmStore::first);
    }

    /** The process that serves the one pgbench of a database. */
    long pgbenchBackend(String name) {
        return ask(name, FIND_PGBENCH, ArmStore::first);
    }

    long countRedemptions(String name) {
        return ask(name, COUNT_REDEMPTIONS, ArmStore::first);
    }

    /** What many clients can wait at, so that none has begun before all are ready. */
    Gate gate(String name, long key) {
        try {
            return new Gate(postgres.connect(name), key);
        } catch (SQLException e) {
            throw new BenchFailure("Postgres: " + e.getMessage(), e);
        }
    }

    private static long first(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getLong(1);
    }

    String serverVersion() {
        return ask(PostgresServer.MAINTENANCE_DATABASE, SHOW_VERSION, rows -> {
            rows.next();
            return rows.getString(1);
        });
    }

    /** Cheap, and one transaction ahead of what is committed. */
    long countPosted(String name) {
        return ask(name, COUNT_POSTED, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    Timeline timeline(String name) {
        return ask(name, FIND_BATCHES, rows -> {
            List<Batch> batches = new ArrayList<>();
            while (rows.next()) {
                batches.add(new Batch(
                        rows.getObject("recorded_at", OffsetDateTime.class).toInstant(), rows.getInt("events")));
            }
            return new Timeline(batches);
        });
    }

    /** How many rows a table got a second, from the first transaction's beginning to the last one's. */
    Pace pace(String name, String table) {
        return ask(name, FIND_PACE.formatted(table), rows -> {
            rows.next();
            return new Pace(rows.getLong("events"), rows.getDouble("seconds"));
        });
    }

    /** Rows, and the time that they took. */
    record Pace(long rows, double seconds) {
        double perSecond() {
            return rows / seconds;
        }
    }

    Truth truth(String name) {
        SortedMap<String, Long> balances = ask(name, FIND_BALANCES, rows -> {
            SortedMap<String, Long> found = new TreeMap<>();
            while (rows.next()) {
                found.put(rows.getString("name"), rows.getLong("balance"));
            }
            return found;
        });
        return ask(name, FIND_TOTALS, rows -> {
            rows.next();
            return new Truth(
                    rows.getLong("claimed"),
                    rows.getLong("charges"),
                    rows.getLong("entries"),
                    rows.getLong("lines"),
                    rows.getLong("lines_sum"),
                    balances);
        });
    }

    private interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> T ask(String database, String sql, Reading<T> reading) {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return reading.read(rows);
        } catch (SQLException e) {
            throw new BenchFailure("Postgres: " + e.getMessage(), e);
        }
    }

    private void execute(String sql) {
        run(PostgresServer.MAINTENANCE_DATABASE, sql);
    }

    /** As the superuser. */
    void run(String database, String sql) {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new BenchFailure("Postgres: " + e.getMessage(), e);
        }
    }
}

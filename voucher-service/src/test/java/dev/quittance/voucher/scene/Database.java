package dev.quittance.voucher.scene;

import dev.quittance.localstack.testparts.EmbeddedParts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/** The database behind the service, seen by a superuser: what upstream slices put there, and what came of it. */
public final class Database {
    private static final AtomicLong ACCOUNT_NUMBERS = new AtomicLong(4_000_000_000_000_000L);

    private final String jdbcUrl;

    public Database(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /** That of the running {@code @QuarkusTest}. */
    public static Database ofTheService() {
        return new Database(ConfigProvider.getConfig().getValue(EmbeddedParts.SUPERUSER_JDBC_URL, String.class));
    }

    /** A user whom provisioning made. */
    public record Holder(UUID userId, String accountNumber) {}

    public Holder holder() {
        Holder holder = new Holder(UUID.randomUUID(), Long.toString(ACCOUNT_NUMBERS.incrementAndGet()));
        execute(
                "insert into auth.users (id, email) values (?, ?)",
                holder.userId(),
                holder.userId() + "@customer.example");
        execute("insert into provisioning.users (id) values (?) on conflict do nothing", holder.userId());
        execute(
                "insert into provisioning.accounts (user_id, account_number) values (?, ?)",
                holder.userId(),
                holder.accountNumber());
        return holder;
    }

    /** What billing keeps of a payment. */
    public String paymentIntent() {
        String id = "pi_" + UUID.randomUUID().toString().replace("-", "");
        execute("""
                insert into billing.payment_intents (payment_intent_id, status, amount_minor, currency, created_at,
                    version_rank, version_at, version_step, version_event)
                values (?, 'succeeded', 1050, 'EUR', now(), 1, now(), 1, 'evt_1')
                """, id);
        return id;
    }

    public int execute(String sql, Object... values) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The first column of every row as text. */
    public List<String> column(String sql, Object... values) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(String.valueOf(rows.getString(1)));
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    public long count(String sql, Object... values) {
        return Long.parseLong(column(sql, values).getFirst());
    }

    // Not by DriverManager, which shows a driver only to the class loader that met it first.
    private Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        return source.getConnection();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}

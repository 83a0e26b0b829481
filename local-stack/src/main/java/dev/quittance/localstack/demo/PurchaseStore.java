package dev.quittance.localstack.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks at what the services wrote; changes nothing. */
final class PurchaseStore implements AutoCloseable {
    static final int LINES_MAX = 100;
    /** The purchase is among the newest, however long the journal is. */
    static final int ENTRIES_BACK_MAX = 5_000;

    private static final String FIND_USER = """
            select u.id, u.email, a.account_number, c.stripe_customer_id
            from provisioning.users u
            join provisioning.accounts a on a.user_id = u.id
            left join provisioning.stripe_customers c on c.user_id = u.id and c.is_primary
            where u.email = ?
            limit 1
            """;

    private static final String FIND_LINES = """
            select e.business_key, a.name, l.direction, l.amount, l.unit
            from (select entry_id, business_key from billing.journal_entries order by entry_id desc limit ?) e
            join billing.entry_lines l on l.entry_id = e.entry_id
            join billing.ledger_accounts a on a.account_id = l.account_id
            where exists (select from unnest(?::text[]) id where e.business_key like '%' || id || '%')
            order by e.entry_id, l.line
            limit ?
            """;

    private static final String FIND_SETTLEMENT = """
            select amount_minor, currency from billing.settlements where payment_intent_id = ? limit 1
            """;

    private final Connection connection;

    record Owner(UUID userId, String email, String accountNumber, Optional<String> customer) {}

    record Line(String entry, String account, String direction, long amount, String unit) {}

    record Settlement(long amountMinor, String currency) {}

    private PurchaseStore(Connection connection) {
        this.connection = connection;
    }

    /** @param url {@code postgresql://user:password@host:port/database} */
    static PurchaseStore open(String url) {
        try {
            Connection connection = Postgres.connect(url);
            connection.setReadOnly(true);
            return new PurchaseStore(connection);
        } catch (SQLException e) {
            throw new DemoFailure("Postgres does not answer; does the stack run?", e);
        }
    }

    Optional<Owner> findOwner(String email) {
        return one(
                FIND_USER,
                email,
                row -> new Owner(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4))));
    }

    List<Line> findLines(List<String> ids) {
        return query(
                FIND_LINES,
                List.of(ENTRIES_BACK_MAX, ids.toArray(String[]::new), LINES_MAX),
                row -> new Line(
                        row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5)));
    }

    Optional<Settlement> findSettlement(String paymentIntent) {
        return one(FIND_SETTLEMENT, paymentIntent, row -> new Settlement(row.getLong(1), row.getString(2)));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DemoFailure("Postgres broke off.", e);
        }
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> one(String sql, String parameter, RowReader<T> reader) {
        return query(sql, List.of(parameter), reader).stream().findFirst();
    }

    private <T> List<T> query(String sql, List<?> parameters, RowReader<T> reader) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                Object parameter = parameters.get(i);
                statement.setObject(
                        i + 1,
                        parameter instanceof String[] texts ? connection.createArrayOf("text", texts) : parameter);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(reader.read(row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new DemoFailure("A look into the tables failed: " + e.getMessage(), e);
        }
    }
}

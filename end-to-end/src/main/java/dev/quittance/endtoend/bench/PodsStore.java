package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.verify.Verify;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks a running stack's database how far it is. */
final class PodsStore {
    private static final String FIND_DONE = """
            select (select count(*) from voucher.vouchers) as vouchers,
                   (select count(*) from provisioning.outbox)
                   + (select count(*) from billing.outbox)
                   + (select count(*) from voucher.outbox)
                   + (select count(*) from billing.stripe_lookups where outcome is null) as open,
                   pg_database_size(current_database()) as bytes
            """;

    private final String url;

    PodsStore(String url) {
        this.url = Verify.jdbcUrl(url);
    }

    /**
     * How far it is.
     *
     * @param vouchers the last effect of a purchase
     * @param open what is still to be sent or asked
     */
    record Done(long vouchers, long open, long bytes) {
        boolean isWhole(long expected) {
            return vouchers >= expected && open == 0;
        }
    }

    Done done() {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(FIND_DONE)) {
            found.next();
            return new Done(found.getLong("vouchers"), found.getLong("open"), found.getLong("bytes"));
        } catch (SQLException e) {
            throw new BenchFailure("Postgres does not answer", e);
        }
    }
}

package dev.quittance.provisioning.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of a customer's link is written down, and goes when its user goes. */
class CustomerHistoryIT {
    private final TestDatabase database = TestParts.database(Slice.PROVISIONING);
    private final UUID ann = UUID.randomUUID();

    @Test
    void everyChangeIsWrittenDownWithWhoDidItAndWhatStoodBefore() throws SQLException {
        // Given
        link();

        // When
        try (Connection service = database.connect(database.serviceLogin(Slice.PROVISIONING));
                Statement statement = service.createStatement()) {
            statement.execute("update provisioning.stripe_customers set customer_email = 'new@example.com'");
            service.setAutoCommit(false);
            statement.execute("select set_config('quittance.actor', 'operator:bob', true)");
            statement.execute("update provisioning.stripe_customers set customer_name = 'Ann'");
            service.commit();
        }

        // Then
        assertThat(rows("""
                        select concat_ws(' ', operation, actor, before ->> 'customer_email', after ->> 'customer_email',
                          before ->> 'customer_name', after ->> 'customer_name')
                        from provisioning.customer_changes order by id
                        """))
                .containsExactly(
                        "insert " + database.superuser().user() + " old@example.com",
                        "update " + database.serviceLogin(Slice.PROVISIONING).user()
                                + " old@example.com new@example.com",
                        "update operator:bob Ann");
    }

    @Test
    void whatIsPersonalGoesWithItsUserAndThatItWentIsKept() throws SQLException {
        // Given
        link();

        // When
        execute("delete from auth.users where id = '" + ann + "'");

        // Then
        assertThat(rows("select id::text from provisioning.stripe_customers union all"
                        + " select id::text from provisioning.users union all"
                        + " select id::text from provisioning.customer_changes"))
                .isEmpty();
        assertThat(rows("select action || ' ' || user_id from provisioning.customer_audit order by id"))
                .containsExactly("unlinked " + ann);
    }

    private void link() throws SQLException {
        execute("insert into auth.users (id, email) values ('" + ann + "', 'ann@example.com')");
        execute(
                "insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence, customer_email) values ('"
                        + ann + "', 'cus_1', 'session', 'old@example.com')");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }
}

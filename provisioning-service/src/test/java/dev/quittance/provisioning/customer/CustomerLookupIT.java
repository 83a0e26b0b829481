package dev.quittance.provisioning.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One customer among a million is found by an index, whichever way is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerLookupIT {
    // Straight into the tables: neither triggers nor keys are what is measured here.
    private static final String ONE_MILLION = """
            set session_replication_role = replica;
            insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence, customer_email)
            select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'cus_' || n, 'session',
                   'u' || n || '@example.com'
            from generate_series(1, 1000000) n;
            set session_replication_role = origin;
            analyze provisioning.stripe_customers;
            """;

    private final TestDatabase database = TestParts.database(Slice.PROVISIONING);

    @BeforeAll
    void oneMillionCustomers() throws SQLException {
        try (Connection connection = connect(database.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(ONE_MILLION);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user_id = '00000000-0000-4000-8000-000000777777' | stripe_customers_user_id",
                "stripe_customer_id = 'cus_777777' | stripe_customers_stripe_id",
                "customer_email = 'u777777@example.com' | stripe_customers_email"
            })
    void anIndexAnswers(String condition, String index) throws SQLException {
        // When
        String plan = plan("select * from provisioning.stripe_customers where " + condition);

        // Then
        assertThat(plan).contains("Index Scan").contains(index).doesNotContain("Seq Scan");
    }

    private Connection connect(Login login) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl(login));
        return source.getConnection();
    }

    private String plan(String query) throws SQLException {
        try (Connection connection = connect(database.serviceLogin(Slice.PROVISIONING));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("explain " + query)) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }
}

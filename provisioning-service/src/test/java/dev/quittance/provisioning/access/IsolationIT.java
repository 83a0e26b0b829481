package dev.quittance.provisioning.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Who may see and do what, asked of Postgres itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationIT {
    private static final UUID ANN = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID BOB = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final String PERMISSION_DENIED = "42501";

    private final Connection connection = open();

    private static Connection open() {
        try {
            TestDatabase database = TestParts.database(Slice.PROVISIONING);
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(database.jdbcUrl(database.superuser()));
            return source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void twoCustomers() throws SQLException {
        execute("insert into auth.users (id, email, raw_user_meta_data) values ('" + ANN
                + "', 'ann@example.com', '{\"full_name\": \"Ann\"}'), ('" + BOB + "', 'bob@example.com', '{}')");
        execute("insert into provisioning.accounts (user_id, account_number) values ('" + ANN
                + "', '4242424242424242'), ('" + BOB + "', '5555555555554444')");
        execute("insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence) values ('" + ANN
                + "', 'cus_ann', 'session'), ('" + BOB + "', 'cus_bob', 'session')");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void undo() throws SQLException {
        connection.rollback();
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id::text from public.users",
                "select user_id::text from public.stripe_customers",
                "select user_id::text from public.accounts",
                "select user_id::text from provisioning.accounts"
            })
    void aUserSeesOwnRowsOnly(String query) throws SQLException {
        // Given
        signIn(ANN);

        // When
        List<String> seen = rows(query);

        // Then
        assertThat(seen).containsExactly(ANN.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update public.users set full_name = 'Mallory'",
                "update provisioning.accounts set expiry = now() + interval '100 years'",
                "insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence) values (auth.uid(), 'cus_x', 'email')",
                "delete from provisioning.accounts",
                "select * from auth.users",
                "select full_name_as_of from provisioning.users",
                "select * from provisioning.inbox",
                "select * from provisioning.identity_mismatches",
                "select provisioning.withdraw_users('{}')"
            })
    void aUserMayNotDoMore(String statement) throws SQLException {
        // Given
        signIn(ANN);

        // Then
        refused(statement, PERMISSION_DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from public.users", "select * from public.accounts", "select * from auth.users"})
    void whoeverIsNotSignedInSeesNothing(String query) throws SQLException {
        // Given
        execute("set local role anon");

        // Then
        refused(query, PERMISSION_DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update provisioning.customer_audit set action = 'nothing'",
                "delete from provisioning.customer_audit",
                "truncate provisioning.customer_audit",
                "update provisioning.account_extensions set months = 1",
                "delete from provisioning.account_extensions",
                "truncate provisioning.account_extensions",
                "delete from provisioning.inbox",
                "delete from provisioning.users",
                "delete from auth.users",
                "create table billing.mine (id int)",
                "select * from ingest.inbox"
            })
    void theServiceMayNotRewriteHistoryNorLeaveItsSlice(String statement) throws SQLException {
        // Given
        execute("set local role provisioning_service");

        // Then
        refused(statement, PERMISSION_DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update provisioning.customer_audit set action = 'nothing'",
                "delete from provisioning.account_extensions",
                "truncate provisioning.account_extensions"
            })
    void historyIsKeptFromItsOwnerToo(String statement) throws SQLException {
        // Given
        execute("set local role provisioning_owner");

        // Then
        refused(statement, "P0001");
    }

    @Test
    void theServiceSeesEverybody() throws SQLException {
        // Given
        execute("set local role provisioning_service");

        // When
        List<String> seen = rows("select email from provisioning.users order by email");

        // Then
        assertThat(seen).containsExactly("ann@example.com", "bob@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "voucher"})
    void downstreamKeysReachWhatTheyMayAndNoMore(String slice) throws SQLException {
        // Given
        execute("set local role " + slice + "_owner");
        execute("create table " + slice + ".probe (user_id uuid references provisioning.users (id),"
                + " account_number text references provisioning.accounts (account_number),"
                + " stripe_account text, customer text,"
                + " foreign key (stripe_account, customer)"
                + " references provisioning.stripe_customers (stripe_account, stripe_customer_id))");
        execute("grant insert on " + slice + ".probe to " + slice + "_service");
        execute("set local role " + slice + "_service");

        // When
        execute("insert into " + slice + ".probe values ('" + ANN + "', '4242424242424242', '', 'cus_ann')");

        // Then
        assertThat(rows("select user_id::text from provisioning.accounts where account_number = '4242424242424242'"))
                .containsExactly(ANN.toString());
        refused("insert into " + slice + ".probe values ('" + new UUID(3, 3) + "', null, null, null)", "23503");
        execute("set local role " + slice + "_service");
        refused("select email from provisioning.users", PERMISSION_DENIED);
    }

    @Test
    void profilesFollowAuthUsersWhoeverWritesThem() throws SQLException {
        // When
        execute("update auth.users set email = 'ann@new.example.com',"
                + " raw_user_meta_data = '{\"full_name\": \"Ann N.\"}' where id = '" + ANN + "'");

        // Then
        assertThat(rows("select email || '/' || full_name from provisioning.users where id = '" + ANN + "'"))
                .containsExactly("ann@new.example.com/Ann N.");
    }

    @Test
    void oneUserHasOnePrimaryCustomerAndOneAccount() throws SQLException {
        refused(
                "insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence) values ('" + ANN
                        + "', 'cus_two', 'email')",
                "23505");
        refused(
                "insert into provisioning.accounts (user_id, account_number) values ('" + ANN
                        + "', '4000056655665556')",
                "23505");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence, is_primary) values ('"
                        + "00000000-0000-4000-8000-000000000001', 'gcus_1', 'email', false)",
                "update provisioning.accounts set account_number = '12345'",
                "update provisioning.accounts set max_devices = -1",
                "update provisioning.accounts set status = 'whatever'"
            })
    void whatIsNoneIsNotKept(String statement) throws SQLException {
        refused(statement, "23514");
    }

    @Test
    void everyTableWithUserDataForcesRowSecurity() throws SQLException {
        // When
        List<String> open = rows("select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                + " where c.relkind = 'r' and (n.nspname = 'auth' or n.nspname = 'provisioning')"
                + " and relname not in ('inbox', 'inbox_conflicts', 'parked', 'outbox', 'flyway_schema_history')"
                + " and not (relrowsecurity and relforcerowsecurity)");

        // Then
        assertThat(open).isEmpty();
    }

    private void signIn(UUID user) throws SQLException {
        execute("set local role authenticated");
        execute("select set_config('request.jwt.claims', '{\"sub\": \"" + user
                + "\", \"role\": \"authenticated\"}', true)");
    }

    private void refused(String statement, String sqlState) throws SQLException {
        Savepoint before = connection.setSavepoint();
        assertThatThrownBy(() -> execute(statement))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refusal -> assertThat(refusal.getSQLState())
                                .as(refusal.getMessage())
                                .isEqualTo(sqlState));
        connection.rollback(before);
    }

    private void execute(String statement) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }

    private List<String> rows(String query) throws SQLException {
        try (Statement jdbc = connection.createStatement();
                ResultSet found = jdbc.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }
}

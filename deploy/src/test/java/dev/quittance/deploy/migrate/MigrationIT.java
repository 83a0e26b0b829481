package dev.quittance.deploy.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.localstack.postgres.PostgresServer;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Folders;
import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** In a cluster nobody is superuser: the owner of the database with CREATEROLE makes everything that stands. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationIT {
    private static final String DATABASE = "quittance";
    private static final String MIGRATOR = "quittance_migrator";
    private static final String SECRET = "only-for-this-test";
    /** Of tables, views and sequences; owners are there too, with all that they have by nature. */
    private static final String TABLE_GRANTS = """
            select c.relkind::text || ' ' || n.nspname || '.' || c.relname || ' ' || coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            cross join lateral aclexplode(coalesce(
                c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))) a
            left join pg_roles r on r.oid = a.grantee
            where n.nspname in ('ingest', 'auth', 'provisioning', 'billing', 'voucher', 'public') and c.relkind in ('r', 'p', 'v', 'm', 'S')
            """;

    private static final String SCHEMA_GRANTS = """
            select n.nspname || ' ' || coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type
            from pg_namespace n
            cross join lateral aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
            left join pg_roles r on r.oid = a.grantee
            where n.nspname in ('ingest', 'auth', 'provisioning', 'billing', 'voucher', 'public')
            """;
    /** A function may run with its owner's rights: whose they are counts as much as who may call it. */
    private static final String FUNCTION_GRANTS = """
            select p.oid::regprocedure::text || ' of ' || o.rolname || ' definer ' || p.prosecdef || ' '
                || coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type
            from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            join pg_roles o on o.oid = p.proowner
            cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
            left join pg_roles r on r.oid = a.grantee
            where n.nspname in ('ingest', 'auth', 'provisioning', 'billing', 'voucher', 'public')
            """;

    private static final String ROLES = """
            select rolname || ' login ' || rolcanlogin || ' super ' || rolsuper || ' inherit ' || rolinherit || ' createrole ' || rolcreaterole
                || ' createdb ' || rolcreatedb || ' bypassrls ' || rolbypassrls || ' ' || coalesce(array_to_string(rolconfig, ','), '')
            from pg_roles
            where rolname ~ '_(owner|service)$' and rolname !~ '^pg_' or rolname in ('anon', 'authenticated', 'service_role')
            union all
            select member.rolname || ' is ' || role.rolname
            from pg_auth_members m join pg_roles member on member.oid = m.member join pg_roles role on role.oid = m.roleid
            where member.rolname ~ '_(owner|service)$' or member.rolname in ('anon', 'authenticated', 'service_role')
            """;
    private static final String ROW_SECURITY = """
            select n.nspname || '.' || c.relname || ' ' || c.relforcerowsecurity
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity
            """;
    private static final String COLUMN_GRANTS = """
            select table_schema || '.' || table_name || '.' || column_name || ' ' || grantee || ' ' || privilege_type
            from information_schema.role_column_grants
            where table_schema in ('ingest', 'auth', 'provisioning', 'billing', 'voucher', 'public')
              and grantee not in ('postgres', 'quittance_migrator')
            """;
    private static final String POLICIES = """
            select schemaname || '.' || tablename || ' ' || policyname || ' ' || array_to_string(roles, ',') from pg_policies
            """;

    private TestDatabase local;
    private PostgresServer postgres;
    private Process process;

    @BeforeAll
    void start() throws SQLException {
        local = TestParts.database(dev.quittance.localstack.database.Slice.values());
        // Roles belong to a whole server, so this one is ours alone; its program was unpacked for the other.
        Checkout checkout = Checkout.find();
        Path folder = checkout.root().resolve("deploy/target/migration");
        Folders.delete(folder);
        postgres = new PostgresServer(
                checkout, folder.resolve("data"), folder.resolve("postgres.log"), SECRET, Ports.free());
        postgres.initialise();
        process = postgres.command().start();
        postgres.awaitReady(process);
        try (Connection connection = postgres.connect(PostgresServer.MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + MIGRATOR + " login createrole password '" + SECRET + "'");
            statement.execute("create database " + DATABASE + " owner " + MIGRATOR);
        }
        migrate();
    }

    @AfterAll
    void stop() throws InterruptedException {
        PostgresServer.stop(process);
        process.waitFor();
    }

    @Test
    void whatStandsIsWhatTheLocalStackRunsWith() throws SQLException {
        // When
        try (Connection here = postgres.connect(DATABASE);
                Connection there = local.connect(local.superuser())) {
            // Then
            assertThat(rows(here, ROLES)).isNotEmpty().isEqualTo(rows(there, ROLES));
            assertThat(rows(here, SCHEMA_GRANTS)).isNotEmpty().isEqualTo(rows(there, SCHEMA_GRANTS));
            assertThat(rows(here, TABLE_GRANTS)).isNotEmpty().isEqualTo(rows(there, TABLE_GRANTS));
            assertThat(rows(here, FUNCTION_GRANTS)).isNotEmpty().isEqualTo(rows(there, FUNCTION_GRANTS));
            assertThat(rows(here, ROW_SECURITY)).isNotEmpty().isEqualTo(rows(there, ROW_SECURITY));
            assertThat(rows(here, COLUMN_GRANTS)).isEqualTo(rows(there, COLUMN_GRANTS));
            assertThat(rows(here, POLICIES)).isNotEmpty().isEqualTo(rows(there, POLICIES));
        }
    }

    @Test
    void aSecondRunChangesNothing() throws SQLException {
        // Given
        TreeSet<String> before;
        try (Connection connection = postgres.connect(DATABASE)) {
            before = rows(connection, TABLE_GRANTS);
        }

        // When
        migrate();

        // Then
        try (Connection connection = postgres.connect(DATABASE)) {
            assertThat(rows(connection, TABLE_GRANTS)).isEqualTo(before);
        }
    }

    @Test
    void aLoginHasThePasswordThatItWasGivenAndItsOwnSliceOnly() throws SQLException {
        // When
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl(DATABASE), "voucher_service", password(Slice.VOUCHER));
                Statement statement = connection.createStatement()) {
            // Then
            assertThat(rows(connection, "select current_schema()")).containsExactly("voucher");
            assertThatThrownBy(() -> statement.execute("select * from billing.journal_entries limit 1"))
                    .hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() ->
                        DriverManager.getConnection(postgres.jdbcUrl(DATABASE), "voucher_service", "something else"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void aMissingSettingIsNamed() {
        assertThatThrownBy(() -> MigrationConfig.from(Map.of(MigrationConfig.URL, "jdbc:postgresql://db/quittance")))
                .hasMessageContaining(MigrationConfig.USERNAME);
    }

    private void migrate() {
        Map<Slice, String> passwords = new EnumMap<>(Slice.class);
        Arrays.stream(Slice.values()).forEach(slice -> passwords.put(slice, password(slice)));
        Migration migration =
                new Migration(new MigrationConfig(postgres.jdbcUrl(DATABASE), MIGRATOR, SECRET, passwords));
        migration.roles();
        Arrays.stream(Slice.values()).forEach(migration::slice);
    }

    private static String password(Slice slice) {
        return "of-" + slice.login();
    }

    private static TreeSet<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            TreeSet<String> rows = new TreeSet<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }
}

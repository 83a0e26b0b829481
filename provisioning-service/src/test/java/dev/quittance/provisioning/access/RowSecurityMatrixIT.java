package dev.quittance.provisioning.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import dev.quittance.provisioning.access.SeededRows.Relation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;

/** Every table and view of every slice, every verb, everybody who may log in: asked of Postgres, made from its own catalogue. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowSecurityMatrixIT {
    private static final UUID ANN = UUID.fromString("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    private static final UUID BOB = UUID.fromString("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");
    private static final String PERMISSION_DENIED = "42501";

    /** What is for sale is everybody's to see, and holds no user's data. */
    private static final Set<String> FOR_SALE = Set.of(
            "plans",
            "products",
            "prices",
            "packages",
            "shop_products",
            "product_inventory",
            "channels",
            "voucher_templates",
            "credit_plans");

    private final Connection connection = open();
    private List<Relation> relations = List.of();

    private static Connection open() {
        try {
            TestDatabase database = TestParts.database(Slice.VOUCHER);
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(database.jdbcUrl(database.superuser()));
            return source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void twoUsersInEveryTable() throws SQLException {
        SeededRows rows = new SeededRows(connection);
        rows.insertFor(List.of(ANN, BOB));
        relations = rows.relations();
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

    @Test
    void everyTableIsAsked() {
        assertThat(relations).hasSizeGreaterThan(40);
    }

    @Test
    @DisplayName("C12: a user sees own rows and nobody else's, and writes none of another's")
    void aUserReachesOwnRowsOnly() throws SQLException {
        // When
        List<String> holes = new ArrayList<>();
        for (Relation relation : relations) {
            holes.addAll(holes(relation, "authenticated", ANN, 1));
        }

        // Then
        assertThat(holes).isEmpty();
    }

    @Test
    @DisplayName("C12: a user changes nothing that access or money hangs on, not even of the own rows")
    void aUserWritesNoOwnAccessNorMoney() throws SQLException {
        // When
        List<String> holes = new ArrayList<>();
        for (Relation relation : relations) {
            for (String column : List.of("status", "expiry", "expires_at", "balance", "is_primary")) {
                become("authenticated", ANN);
                if (touches("update %s set %s = %s".formatted(relation.qualified(), column, column))) {
                    holes.add("update " + relation + "." + column);
                }
            }
        }

        // Then
        assertThat(holes).isEmpty();
    }

    @Test
    void withoutATokenAUserIsNobody() throws SQLException {
        // When
        List<String> holes = new ArrayList<>();
        for (Relation relation : relations) {
            holes.addAll(holes(relation, "authenticated", null, 0));
            holes.addAll(holes(relation, "anon", null, 0));
            holes.addAll(holes(relation, "anon", ANN, 0));
        }

        // Then
        assertThat(holes).isEmpty();
    }

    @Test
    void aServiceWritesItsOwnSliceOnlyAndReadsTheKeysOfOthers() throws SQLException {
        // When
        List<String> holes = new ArrayList<>();
        for (Slice slice : Slice.values()) {
            for (Relation relation : relations) {
                boolean isOwn = relation.schema().equals(slice.schema())
                        || slice == Slice.PROVISIONING && relation.schema().equals("auth")
                        || relation.schema().equals("public");
                if (isOwn) {
                    continue;
                }
                become(slice.login(), null);
                for (String statement :
                        List.of("select * from %s", "delete from %s", "truncate %s", "insert into %s default values")) {
                    if (touches(statement.formatted(relation.qualified()))) {
                        holes.add(slice.login() + ": " + statement.formatted(relation));
                    }
                }
            }
        }

        // Then
        assertThat(holes).isEmpty();
    }

    @Test
    void whatIsAppendOnlyIsSoForEverybody() throws SQLException {
        // Given
        List<String> tables = column("""
                select distinct n.nspname || '.' || c.relname from pg_trigger t
                join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
                where not t.tgisinternal and t.tgname like '%append_only%'
                """);
        List<String> logins = new ArrayList<>(List.of("authenticated", "anon", "service_role"));
        for (Slice slice : Slice.values()) {
            logins.add(slice.login());
        }

        // When
        List<String> holes = new ArrayList<>();
        for (String table : tables) {
            for (String login : logins) {
                become(login, ANN);
                if (touches("delete from " + table) || touches("truncate " + table)) {
                    holes.add(login + " " + table);
                }
            }
        }

        // Then
        assertThat(tables).hasSizeGreaterThan(5);
        assertThat(holes).isEmpty();
    }

    @Test
    void theServiceRoleSeesEverybodyWhereItMaySee() throws SQLException {
        // When
        List<String> halves = new ArrayList<>();
        for (Relation relation : relations) {
            String columns = selectable(relation, "service_role");
            become("service_role", null);
            long seen = columns.isEmpty()
                    ? 2
                    : count("select count(*) from (select " + columns + " from " + relation.qualified() + ") q");
            if (seen == 1) {
                halves.add(relation.toString());
            }
        }

        // Then
        assertThat(halves).isEmpty();
    }

    /** What the role reaches of Bob's, or more than it may. */
    private List<String> holes(Relation relation, String role, @Nullable UUID user, int rowsMax) throws SQLException {
        List<String> holes = new ArrayList<>();
        String columns = selectable(relation, role);
        become(role, user);
        if (!columns.isEmpty() && !FOR_SALE.contains(relation.name())) {
            String rows = "(select " + columns + " from " + relation.qualified() + ") q";
            if (count("select count(*) from " + rows) > rowsMax
                    || count("select count(*) from " + rows + " where q::text like '%" + BOB + "%'") > 0) {
                holes.add(role + ": select " + relation);
            }
        }
        if (touched("delete from " + relation.qualified()) > rowsMax) {
            holes.add(role + ": delete " + relation);
        }
        if (touched("truncate " + relation.qualified()) >= 0) {
            holes.add(role + ": truncate " + relation);
        }
        for (String column : columns.isEmpty() ? new String[0] : columns.split(", ", -1)) {
            if (touched("update %s set %2$s = %2$s".formatted(relation.qualified(), column)) > rowsMax) {
                holes.add(role + ": update " + relation + "." + column);
            }
        }
        return holes;
    }

    private String selectable(Relation relation, String role) throws SQLException {
        return String.join(", ", column("""
                select quote_ident(attname) from pg_attribute
                where attrelid = '%1$s'::regclass and attnum > 0 and not attisdropped
                  and has_column_privilege('%2$s', attrelid, attnum, 'select')
                  and has_schema_privilege('%2$s', '%3$s', 'usage')
                order by attnum
                """.formatted(relation.qualified(), role, relation.schema()), true));
    }

    private void become(String role, @Nullable UUID user) throws SQLException {
        connection.rollback();
        execute("set local role " + role);
        execute("select set_config('request.jwt.claims', '"
                + (user == null ? "" : "{\"sub\": \"" + user + "\", \"role\": \"" + role + "\"}") + "', true)");
    }

    private boolean touches(String sql) throws SQLException {
        return touched(sql) > 0 || sql.startsWith("truncate") && touched(sql) == 0;
    }

    /** How many rows the statement reaches; -1 when it is refused, for whatever reason. */
    private int touched(String sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? 1 : statement.getUpdateCount();
        } catch (SQLException refusal) {
            return -1;
        } finally {
            connection.rollback(before);
        }
    }

    private long count(String query) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            return Long.parseLong(column(query, false).getFirst());
        } catch (SQLException refusal) {
            // A view may be granted while what it shows is not.
            assertThat(refusal.getSQLState()).as(query).isEqualTo(PERMISSION_DENIED);
            return 0;
        } finally {
            connection.rollback(before);
        }
    }

    private List<String> column(String query) throws SQLException {
        return column(query, true);
    }

    private List<String> column(String query, boolean asSuperuser) throws SQLException {
        if (asSuperuser) {
            connection.rollback();
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package dev.quittance.endtoend.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SchemaDocIT {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z_]+)` \\|");
    private static final String TABLES_AND_VIEWS = """
            select n.nspname || '.' || c.relname
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
              and c.relname <> 'flyway_schema_history'
            """;

    @Test
    void thePageListsEveryTableAndViewThatTheMigrationsMake() throws SQLException {
        // Given
        TestDatabase database = TestParts.database(Slice.VOUCHER);

        // When
        List<String> made = tables(database);

        // Then
        assertThat(ROW.matcher(Sources.read("docs/schema.md")).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void thePageDrawsEveryKeyBetweenSlices() throws SQLException {
        // Given
        TestDatabase database = TestParts.database(Slice.VOUCHER);
        Matcher arrow = Pattern.compile("(?m)^ +([a-z]+)_([a-z_]+) --> ([a-z]+)_([a-z_]+)$")
                .matcher(Sources.read("docs/schema.md"));

        // When
        List<String> made = keysBetweenSlices(database);

        // Then
        assertThat(arrow.results()
                        .map(found -> "%s.%s -> %s.%s"
                                .formatted(found.group(1), found.group(2), found.group(3), found.group(4))))
                .containsExactlyInAnyOrderElementsOf(made);
    }

    private static List<String> tables(TestDatabase database) throws SQLException {
        return column(database, TABLES_AND_VIEWS);
    }

    private static List<String> keysBetweenSlices(TestDatabase database) throws SQLException {
        return column(database, """
                select distinct fn.nspname || '.' || f.relname || ' -> ' || tn.nspname || '.' || t.relname
                from pg_catalog.pg_constraint k
                join pg_catalog.pg_class f on f.oid = k.conrelid join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
                join pg_catalog.pg_class t on t.oid = k.confrelid join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
                where k.contype = 'f' and fn.oid <> tn.oid
                """);
    }

    private static List<String> column(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}

package dev.quittance.provisioning.moving;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of the four slices, as pg_dump --data-only takes them: every table's, and where each sequence stands. */
record SliceBackup(Map<String, String> rows, Map<String, Long> sequences) {
    private static final String SLICES = "('ingest', 'provisioning', 'billing', 'voucher')";

    private static final String FIND_TABLES = """
            select format('%I.%I', n.nspname, c.relname) as name, (
                     select string_agg(format('%I', a.attname), ', ' order by a.attnum) from pg_attribute a
                     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and c.relname <> 'flyway_schema_history' and n.nspname in
            """ + SLICES + " order by 1";

    private static final String FIND_SEQUENCES = """
            select format('%I.%I', schemaname, sequencename) as name, last_value from pg_sequences
            where last_value is not null and schemaname in
            """ + SLICES + " order by 1";

    private record Table(String name, String columns) {}

    static SliceBackup take(Connection connection) throws SQLException {
        Map<String, String> rows = new LinkedHashMap<>();
        Map<String, Long> sequences = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (Table table : tables(connection)) {
                try (ResultSet found = statement.executeQuery(
                        "select coalesce(jsonb_agg(to_jsonb(t) order by t::text), '[]')::text from " + table.name()
                                + " t")) {
                    found.next();
                    rows.put(table.name(), found.getString(1));
                }
            }
            try (ResultSet found = statement.executeQuery(FIND_SEQUENCES)) {
                while (found.next()) {
                    sequences.put(found.getString("name"), found.getLong("last_value"));
                }
            }
        }
        return new SliceBackup(rows, sequences);
    }

    /** Into tables that are empty, in the transaction that emptied them. */
    void restore(Connection connection) throws SQLException {
        for (Table table : tables(connection)) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into %1$s (%2$s) overriding system value select %2$s from jsonb_populate_recordset(null::%1$s, ?::jsonb)"
                            .formatted(table.name(), table.columns()))) {
                insert.setString(1, rows.get(table.name()));
                insert.executeUpdate();
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
                statement.execute("select setval('" + sequence.getKey() + "', " + sequence.getValue() + ")");
            }
        }
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(FIND_TABLES)) {
            while (found.next()) {
                tables.add(new Table(found.getString("name"), found.getString("columns")));
            }
        }
        return tables;
    }
}

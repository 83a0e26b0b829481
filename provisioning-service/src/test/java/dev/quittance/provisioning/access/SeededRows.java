package dev.quittance.provisioning.access;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One row for each of two users in every table there is: every UUID and every text in it is its user's id, so that whoever sees
 * the other's id sees the other's row. Constraints and triggers are taken away first: what is asked here is who may see what.
 */
final class SeededRows {
    private final Connection connection;

    SeededRows(Connection connection) {
        this.connection = connection;
    }

    /** A table or view. */
    record Relation(String schema, String name, boolean isTable) {
        String qualified() {
            return '"' + schema + "\".\"" + name + '"';
        }

        @Override
        public String toString() {
            return schema + "." + name;
        }
    }

    private record Column(String name, String type, String elements, String length, boolean isNullable) {}

    List<Relation> relations() throws SQLException {
        List<Relation> relations = new ArrayList<>();
        query("""
                select table_schema, table_name, table_type = 'BASE TABLE' from information_schema.tables
                where table_schema in ('auth', 'ingest', 'provisioning', 'billing', 'voucher', 'public')
                  and table_name <> 'flyway_schema_history' order by 1, 2
                """, row -> relations.add(new Relation(row.getString(1), row.getString(2), row.getBoolean(3))));
        return relations;
    }

    void insertFor(List<UUID> users) throws SQLException {
        for (Relation table : relations()) {
            if (table.isTable()) {
                loosen(table);
            }
        }
        execute("set session_replication_role = replica");
        for (Relation table : relations()) {
            if (table.isTable()) {
                execute("delete from " + table.qualified());
                for (int i = 0; i < users.size(); i++) {
                    insert(table, users.get(i), i + 1);
                }
            }
        }
        execute("set session_replication_role = origin");
    }

    private void loosen(Relation table) throws SQLException {
        List<String> constraints = new ArrayList<>();
        query(
                "select conname from pg_constraint where conrelid = '" + table.qualified()
                        + "'::regclass and contype = 'c' and conislocal",
                row -> constraints.add(row.getString(1)));
        for (String constraint : constraints) {
            execute("alter table " + table.qualified() + " drop constraint if exists \"" + constraint + "\" cascade");
        }
    }

    private void insert(Relation table, UUID user, int number) throws SQLException {
        List<Column> columns = new ArrayList<>();
        query(
                "select column_name, udt_schema || '.' || udt_name, data_type, coalesce(character_maximum_length, 255)::text, is_nullable = 'YES'"
                        + " from information_schema.columns where is_generated = 'NEVER' and table_schema = '"
                        + table.schema()
                        + "' and table_name = '" + table.name() + "'",
                row -> columns.add(new Column(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getBoolean(5))));
        execute("insert into " + table.qualified() + " ("
                + columns.stream().map(column -> '"' + column.name() + '"').collect(Collectors.joining(", "))
                + ") overriding system value values ("
                + columns.stream().map(column -> value(column, user, number)).collect(Collectors.joining(", "))
                + ")");
    }

    private static String value(Column column, UUID user, int number) {
        // A user who left, or a row that is closed, would hide what is looked for.
        if (column.name().equals("deleted_at") && column.isNullable()) {
            return "null";
        }
        return switch (column.type().substring(column.type().indexOf('.') + 1)) {
            case "uuid" -> "'" + user + "'";
            case "text", "varchar", "bpchar" -> "left('" + user + "', " + column.length() + ")";
            case "bool" -> "true";
            case "int2", "int4", "int8", "numeric" -> Integer.toString(number);
            case "timestamptz", "timestamp", "date" -> "now()";
            case "jsonb", "json" -> "'{\"user\": \"" + user + "\"}'";
            case "bytea" -> "decode(replace('" + user + "', '-', ''), 'hex')";
            case "interval" -> "interval '1 day'";
            default -> column.elements().equals("ARRAY") ? "'{}'" : "(enum_range(null::" + column.type() + "))[1]";
        };
    }

    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, Reader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

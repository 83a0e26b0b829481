package dev.quittance.endtoend.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks all checks of one moment: a single snapshot, so that a purchase under way is seen whole or not at all. */
final class CheckStore {
    static final int OFFENDERS_MAX = 20;
    private static final String BEGIN = "begin isolation level repeatable read read only";
    private static final String NO_SURPRISES = "set local search_path = pg_catalog; set local timezone = 'UTC'";

    private final Connection connection;

    /** @param connection of somebody who sees every row of every slice */
    CheckStore(Connection connection) {
        this.connection = connection;
    }

    List<Finding> findAll(List<Check> checks) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN);
            try {
                statement.execute(NO_SURPRISES);
                List<Finding> findings = new ArrayList<>();
                for (Check check : checks) {
                    findings.add(find(statement, check));
                }
                return findings;
            } finally {
                statement.execute("rollback");
            }
        }
    }

    private static Finding find(Statement statement, Check check) throws SQLException {
        statement.setMaxRows(OFFENDERS_MAX + 1);
        try (ResultSet rows = statement.executeQuery(check.sql())) {
            List<String> offenders = new ArrayList<>();
            while (rows.next() && offenders.size() < OFFENDERS_MAX) {
                offenders.add(String.valueOf(rows.getString(1)));
            }
            return Finding.of(check, offenders, offenders.size() == OFFENDERS_MAX && rows.next());
        } catch (SQLException e) {
            throw new SQLException("cannot ask whether " + check.sentence() + ": " + e.getMessage(), e);
        }
    }
}

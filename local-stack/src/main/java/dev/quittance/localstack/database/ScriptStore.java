package dev.quittance.localstack.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a file of statements as psql would. */
final class ScriptStore {
    private ScriptStore() {}

    static void run(String jdbcUrl, Login login, String script) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw new IllegalStateException("Postgres: " + e.getMessage(), e);
        }
    }
}

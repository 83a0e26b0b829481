package dev.quittance.localstack.database;

import dev.quittance.localstack.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import org.postgresql.core.Utils;

/** Databases, and the passwords of those who log in to them. Names are ours, never somebody else's text. */
public final class DatabaseStore {
    private static final String FIND_DATABASE = "SELECT FROM pg_database WHERE datname = ?";
    private static final String DROP_DATABASE = "DROP DATABASE IF EXISTS %s";
    private static final String CREATE_DATABASE = "CREATE DATABASE %s";
    private static final String COPY_DATABASE = "CREATE DATABASE %s TEMPLATE %s";
    private static final String SET_PASSWORD = "ALTER ROLE %s PASSWORD '%s'";

    private final PostgresServer postgres;

    public DatabaseStore(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** Makes it when it is not there. */
    public void ensure(String database) {
        try (Connection connection = connect();
                PreparedStatement find = connection.prepareStatement(FIND_DATABASE)) {
            find.setString(1, database);
            try (ResultSet found = find.executeQuery()) {
                if (!found.next()) {
                    execute(connection, CREATE_DATABASE.formatted(database));
                }
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Makes it empty, whatever it was. */
    public void recreate(String database) {
        try (Connection connection = connect()) {
            execute(connection, DROP_DATABASE.formatted(database));
            execute(connection, CREATE_DATABASE.formatted(database));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Makes {@code database} as {@code template} is now. Nobody may be connected to the template. */
    public void copy(String template, String database) {
        try (Connection connection = connect()) {
            execute(connection, COPY_DATABASE.formatted(database, template));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Roles.sql makes the roles, and no file of the repository knows their passwords. */
    public void setPasswords(Collection<Login> logins) {
        try (Connection connection = connect()) {
            for (Login login : logins) {
                String password =
                        Utils.escapeLiteral(null, login.password(), true).toString();
                execute(connection, SET_PASSWORD.formatted(login.user(), password));
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection connect() throws SQLException {
        return postgres.connect(PostgresServer.MAINTENANCE_DATABASE);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static IllegalStateException failure(SQLException cause) {
        return new IllegalStateException("Postgres: " + cause.getMessage(), cause);
    }
}

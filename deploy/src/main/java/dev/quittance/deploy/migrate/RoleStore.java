package dev.quittance.deploy.migrate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.PGConnection;

/** The roles of the database and their passwords. */
final class RoleStore {
    private static final String ROLES = "/db/roles.sql";
    // Two releases at once would make the same role twice; the lock goes with the transaction.
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('quittance.roles', 0))";

    private final MigrationConfig config;

    RoleStore(MigrationConfig config) {
        this.config = config;
    }

    void create() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(LOCK);
            statement.execute(script());
            connection.commit();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The server is sent a verifier and never the password, so that no log of statements has it. */
    void setPasswords() {
        try (Connection connection = connect()) {
            for (Map.Entry<Slice, String> login : config.loginPasswords().entrySet()) {
                connection
                        .unwrap(PGConnection.class)
                        .alterUserPassword(
                                login.getKey().login(), login.getValue().toCharArray(), "scram-sha-256");
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(config.url(), config.username(), config.password());
    }

    private static String script() {
        try (InputStream in = requireNonNull(RoleStore.class.getResourceAsStream(ROLES), "roles.sql is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException failure(SQLException cause) {
        return new IllegalStateException("Postgres: " + cause.getMessage(), cause);
    }
}

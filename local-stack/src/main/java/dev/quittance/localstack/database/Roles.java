package dev.quittance.localstack.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.core.Utils;

/** Passwords of the service logins: roles.sql makes the roles, and no file of the repository knows the passwords. */
public final class Roles {
    private Roles() {}

    /** Sets the password of each role that exists. */
    public static void setPasswords(Connection superuser, Map<Slice, Login> logins) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            for (Login login : logins.values()) {
                String password =
                        Utils.escapeLiteral(null, login.password(), true).toString();
                statement.execute("ALTER ROLE " + login.user() + " PASSWORD '" + password + "'");
            }
        }
    }
}

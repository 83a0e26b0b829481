package dev.quittance.localstack.testparts;

import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Slice;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that no other test class uses, with the migrations of the slices that were asked for.
 *
 * @param address host and port
 */
public record TestDatabase(String address, String name, Login superuser, Map<Slice, Login> logins) {
    public TestDatabase {
        logins = Map.copyOf(logins);
    }

    /** For JDBC; user and password are part of it. */
    public String jdbcUrl(Login login) {
        return "jdbc:postgresql://" + address + "/" + name + "?user=" + login.user() + "&password=" + login.password();
    }

    /** For Vert.x; without user and password. */
    public String reactiveUrl() {
        return "postgresql://" + address + "/" + name;
    }

    /** What the slice's service logs in with. */
    public Login serviceLogin(Slice slice) {
        Login login = logins.get(slice);
        if (login == null) {
            throw new IllegalArgumentException("no login for " + slice);
        }
        return login;
    }

    /** A new connection; the caller closes it. */
    public Connection connect(Login login) throws SQLException {
        // Not by DriverManager, which shows a driver only to the class loader that met it first.
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(jdbcUrl(login));
        return database.getConnection();
    }

    Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("address", address);
        properties.setProperty("name", name);
        properties.setProperty("superuser", superuser.user());
        properties.setProperty("superuser.password", superuser.password());
        logins.forEach((slice, login) -> properties.setProperty(slice.name(), login.password()));
        return properties;
    }

    static TestDatabase from(Properties properties) {
        Map<Slice, Login> logins = new EnumMap<>(Slice.class);
        for (Slice slice : Slice.values()) {
            logins.put(slice, new Login(slice.login(), properties.getProperty(slice.name())));
        }
        return new TestDatabase(
                properties.getProperty("address"),
                properties.getProperty("name"),
                new Login(properties.getProperty("superuser"), properties.getProperty("superuser.password")),
                logins);
    }
}

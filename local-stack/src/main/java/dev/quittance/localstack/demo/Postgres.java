package dev.quittance.localstack.demo;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The stack's database, by the address that {@code ./quittance env} prints. */
final class Postgres {
    private Postgres() {}

    /** @param url {@code postgresql://user:password@host:port/database} */
    static Connection connect(String url) throws SQLException {
        URI uri = URI.create(url);
        String[] login = String.valueOf(uri.getUserInfo()).split(":", 2);
        Properties properties = new Properties();
        properties.setProperty("user", login[0]);
        if (login.length > 1) {
            properties.setProperty("password", login[1]);
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), properties);
    }
}

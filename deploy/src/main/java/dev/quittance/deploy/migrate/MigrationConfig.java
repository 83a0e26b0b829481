package dev.quittance.deploy.migrate;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a migration is told by its environment.
 *
 * @param url for JDBC, without user and password
 * @param loginPasswords what the services' logins are to be given; a slice that is not named keeps its own
 */
public record MigrationConfig(String url, String username, String password, Map<Slice, String> loginPasswords) {
    static final String URL = "QUITTANCE_MIGRATION_URL";
    static final String USERNAME = "QUITTANCE_MIGRATION_USERNAME";
    static final String PASSWORD = "QUITTANCE_MIGRATION_PASSWORD";
    static final String LOGIN_PREFIX = "QUITTANCE_LOGIN_";

    public MigrationConfig {
        loginPasswords = Map.copyOf(loginPasswords);
    }

    public static MigrationConfig from(Map<String, String> environment) {
        Map<Slice, String> passwords = new EnumMap<>(Slice.class);
        for (Slice slice : Slice.values()) {
            String password = environment.get(LOGIN_PREFIX + slice.name() + "_SERVICE");
            if (password != null && !password.isBlank()) {
                passwords.put(slice, password);
            }
        }
        return new MigrationConfig(
                required(environment, URL),
                required(environment, USERNAME),
                required(environment, PASSWORD),
                passwords);
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return username + " at " + url;
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }
}

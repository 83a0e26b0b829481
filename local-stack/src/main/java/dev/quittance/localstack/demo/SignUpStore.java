package dev.quittance.localstack.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Users as an identity provider would write them. */
final class SignUpStore {
    private static final String SIGN_UP = """
            with known as (select id from auth.users where email = ? limit 1),
            made as (
              insert into auth.users (id, email) select gen_random_uuid(), ? where not exists (select from known)
              returning id)
            select id from known union all select id from made
            """;

    private SignUpStore() {}

    /** The user with this e-mail address, who is made where there is none. */
    static UUID signUp(String postgresUrl, String email) {
        try (Connection connection = Postgres.connect(postgresUrl);
                PreparedStatement statement = connection.prepareStatement(SIGN_UP)) {
            statement.setString(1, email);
            statement.setString(2, email);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getObject(1, UUID.class);
            }
        } catch (SQLException e) {
            throw new DemoFailure("The customer could not be signed up: " + e.getMessage(), e);
        }
    }
}

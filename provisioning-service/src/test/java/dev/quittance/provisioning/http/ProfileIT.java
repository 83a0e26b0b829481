package dev.quittance.provisioning.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A profile as its user reads and changes it. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class ProfileIT {
    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    private final UUID ann = UUID.randomUUID();

    @Test
    void aUserSeesTheOwnProfileAndOfTheCardWhatMayBeShown() throws SQLException {
        // Given
        execute("insert into auth.users (id, email, raw_user_meta_data) values ('" + ann + "', '" + ann
                + "@example.com', '{\"full_name\": \"Ann\", \"avatar_url\": \"https://x.org/a.png\"}')");
        execute("update provisioning.users set billing_address = '{\"city\": \"Graz\"}',"
                + " payment_method = '{\"brand\": \"visa\", \"last_four\": \"4242\"}' where id = '" + ann + "'");

        // When
        Response answer = as(ann).get("/api/account/profile");

        // Then
        answer.then()
                .statusCode(200)
                .body("userId", equalTo(ann.toString()))
                .body("email", equalTo(ann + "@example.com"))
                .body("fullName", equalTo("Ann"))
                .body("avatarUrl", equalTo("https://x.org/a.png"))
                .body("billingAddress.city", equalTo("Graz"))
                .body("paymentMethod.last_four", equalTo("4242"));
    }

    @Test
    void whatAUserIsCalledIsTheOwnWordAndIsToldToStripe() throws SQLException {
        // Given
        execute("insert into auth.users (id, email) values ('" + ann + "', '" + ann + "@example.com')");
        execute("update provisioning.users set full_name = 'As Stripe says', full_name_as_of = '1:000000000001:1:evt_1'"
                + " where id = '" + ann + "'");

        // When
        Response changed = as(ann).body("{\"fullName\": \" Ann \", \"avatarUrl\": \"https://x.org/b.png\"}")
                .patch("/api/account/profile");

        // Then
        changed.then()
                .statusCode(200)
                .body("fullName", equalTo("Ann"))
                .body("avatarUrl", equalTo("https://x.org/b.png"))
                .body("paymentMethod", nullValue());
        assertThat(one("select full_name || ' ' || (full_name_as_of ~ '^1:[0-9]{12}:9:own$') || ' ' || email"
                        + " from provisioning.users where id = '" + ann + "'"))
                .isEqualTo("Ann true " + ann + "@example.com");
        assertThat(one("select count(*)::text from provisioning.customer_pushes where user_id = '" + ann + "'"))
                .isEqualTo("1");
    }

    private RequestSpecification as(UUID user) {
        return given().auth().oauth2(new Tokens(privateKey).user(user)).contentType("application/json");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String one(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}

package dev.quittance.provisioning.mismatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.provisioning.http.TokenIssuer;
import dev.quittance.provisioning.http.Tokens;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators may send, and who is none. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class DecisionProblemsIT {
    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | | 400 | BODY_MALFORMED",
                "1 | [] | 400 | BODY_MALFORMED",
                "1 | {} | 400 | FIELD_INVALID",
                "1 | {\"decision\": 5} | 400 | FIELD_INVALID",
                "1 | {\"decision\": \"burn\"} | 400 | DECISION_UNKNOWN",
                "1 | {\"decision\": \"assign\", \"userId\": \"me\"} | 400 | FIELD_INVALID",
                "999999999 | {\"decision\": \"keep\"} | 404 | MISMATCH_NOT_FOUND",
                "x | {\"decision\": \"keep\"} | 404 | MISMATCH_NOT_FOUND"
            })
    void whatIsNoDecisionIsAProblem(String id, @Nullable String body, int status, String code) {
        asOperator()
                .contentType("application/json")
                .body(body == null ? "" : body)
                .post("/api/admin/customers/mismatches/" + id)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | 400 | BODY_MALFORMED",
                "{} | 400 | FIELD_INVALID",
                "{\"token\": 5} | 400 | FIELD_INVALID",
                "{\"token\": \"short\"} | 404 | CLAIM_UNKNOWN",
                "{\"token\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"} | 404 | CLAIM_UNKNOWN"
            })
    void whatIsNoClaimIsAProblem(@Nullable String body, int status, String code) {
        given().auth()
                .oauth2(new Tokens(privateKey).user(UUID.randomUUID()))
                .contentType("application/json")
                .body(body == null ? "" : body)
                .post("/api/account/claims")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @Test
    void usersAreNoOperators() {
        given().auth()
                .oauth2(new Tokens(privateKey).user(UUID.randomUUID()))
                .get("/api/admin/customers/mismatches")
                .then()
                .statusCode(403)
                .body("code", equalTo("FORBIDDEN"));
        given().get("/api/admin/customers/mismatches").then().statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
    }

    @Test
    @DisplayName("D7: who has two live subscriptions is in an operator's list")
    void whoPaysTwiceIsListed() throws SQLException {
        // Given
        UUID ann = UUID.randomUUID();
        UUID bob = UUID.randomUUID();
        for (UUID user : List.of(ann, bob)) {
            execute("insert into auth.users (id, email) values ('" + user + "', '" + user + "@example.com')");
            execute("insert into provisioning.accounts (user_id, account_number) values ('" + user + "', '4"
                    + String.format("%015d", user.getMostSignificantBits() >>> 15) + "')");
        }
        subscription("sub_1", ann, "active");
        subscription("sub_2", ann, "past_due");
        subscription("sub_3", bob, "active");
        subscription("sub_4", bob, "canceled");

        // When
        Response page = asOperator().get("/api/admin/subscriptions/duplicates");
        Response nonsense = asOperator().get("/api/admin/subscriptions/duplicates?after=x");
        Response user =
                given().auth().oauth2(new Tokens(privateKey).user(ann)).get("/api/admin/subscriptions/duplicates");

        // Then
        page.then()
                .statusCode(200)
                .body("duplicates.find { it.userId == '" + ann + "' }.subscriptions.size()", equalTo(2))
                .body("duplicates.userId", not(hasItem(bob.toString())));
        nonsense.then().statusCode(400).body("code", equalTo("CURSOR_MALFORMED"));
        user.then().statusCode(403).body("code", equalTo("FORBIDDEN"));
    }

    private void subscription(String id, UUID user, String status) throws SQLException {
        execute("insert into provisioning.subscriptions (stripe_account, id, user_id, stripe_customer_id, status,"
                + " head_event_id) values ('', '" + id + user + "', '" + user + "', 'cus_1', '" + status
                + "', 'evt_1')");
    }

    @Test
    @DisplayName("C11: a profile that is missing is found and made")
    void aMissingProfileIsMended() throws SQLException {
        // Given
        UUID ann = UUID.randomUUID();
        execute("insert into auth.users (id, email) values ('" + ann + "', '" + ann + "@example.com')");
        execute("delete from provisioning.users where id = '" + ann + "'");

        // When
        Response mended = asOperator().post("/api/admin/customers/profiles/mend");

        // Then
        mended.then().statusCode(200).body("users", hasItem(ann.toString()));
        assertThat(one("select email from provisioning.users where id = '" + ann + "'"))
                .isEqualTo(ann + "@example.com");
    }

    private RequestSpecification asOperator() {
        return given().auth().oauth2(new Tokens(privateKey).operator());
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

package dev.quittance.provisioning.organisation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.provisioning.http.TokenIssuer;
import dev.quittance.provisioning.http.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Organisations own customers of their members, and of nobody else. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class OrganisationIT {
    private static final String PATH = "/api/admin/customers/organisations";

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    @Test
    void anOrganisationOwnsTheCustomersOfItsMembersOnly() throws SQLException {
        // Given
        String annsCustomer = customer(ann, "{}");
        String bobsCustomer = customer(bob, "{}");
        String id = organisation("Analytical Engines");

        // When
        int joined = asOperator()
                .body("{\"role\": \"owner\"}")
                .put(PATH + "/" + id + "/members/" + ann)
                .statusCode();
        int owned =
                asOperator().put(PATH + "/" + id + "/customers/" + annsCustomer).statusCode();
        int foreign =
                asOperator().put(PATH + "/" + id + "/customers/" + bobsCustomer).statusCode();

        // Then
        assertThat(joined).isEqualTo(204);
        assertThat(owned).isEqualTo(204);
        assertThat(foreign).isEqualTo(404);
        asOperator()
                .get(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("Analytical Engines"))
                .body("members.userId", contains(ann.toString()))
                .body("members.role", contains("owner"))
                .body("customers", contains(annsCustomer));
        assertThat(seenBy(ann)).isEqualTo("Analytical Engines");
        assertThat(seenBy(bob)).isEmpty();
        asOperator().delete(PATH + "/" + id + "/members/" + ann).then().statusCode(204);
        asOperator().get(PATH + "/" + id).then().body("members", empty()).body("customers", empty());
        assertThat(seenBy(ann)).isEmpty();
    }

    @Test
    void whatTheMetadataSaidHoldsOnceItsUserBelongsToTheOrganisation() throws SQLException {
        // Given
        String id = organisation("Later");
        String customer = customer(ann, "{\"organisation_id\": \"" + id + "\"}");

        // When
        asOperator()
                .body("{\"role\": \"member\"}")
                .put(PATH + "/" + id + "/members/" + ann)
                .then()
                .statusCode(204);

        // Then
        asOperator().get(PATH + "/" + id).then().body("customers", contains(customer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"name\": 5}", "{\"name\": \" \"}", "{\"role\": \"king\"}"})
    void nonsenseIsAProblem(String body) throws SQLException {
        // Given
        String id = organisation("Sane");

        // When Then
        asOperator().body(body).post(PATH).then().statusCode(400);
        asOperator().body(body).put(PATH + "/" + id + "/members/" + ann).then().statusCode(400);
    }

    @Test
    void whatIsNotThereIsNotFoundAndUsersAreNoOperators() throws SQLException {
        // Given
        String id = organisation("Alone");
        String member = "{\"role\": \"member\"}";

        // When Then
        asOperator().get(PATH + "/x").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        asOperator().get(PATH + "/" + UUID.randomUUID()).then().statusCode(404);
        asOperator()
                .body(member)
                .put(PATH + "/" + id + "/members/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        asOperator().put(PATH + "/" + id + "/customers/nobody").then().statusCode(404);
        asOperator().delete(PATH + "/" + id + "/members/" + bob).then().statusCode(404);
        given().auth()
                .oauth2(new Tokens(privateKey).user(ann))
                .get(PATH + "/" + id)
                .then()
                .statusCode(403);
        given().get(PATH + "/" + id).then().statusCode(401);
        asOperator()
                .body("{\"name\": \"" + "x".repeat(70_000) + "\"}")
                .post(PATH)
                .then()
                .statusCode(413)
                .body("code", equalTo("BODY_TOO_LARGE"));
    }

    private String organisation(String name) {
        return asOperator()
                .body("{\"name\": \"" + name + "\"}")
                .post(PATH)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private RequestSpecification asOperator() {
        return given().auth().oauth2(new Tokens(privateKey).operator()).contentType("application/json");
    }

    private String customer(UUID user, String metadata) throws SQLException {
        String id = "cus_" + user.toString().replace("-", "");
        execute("insert into auth.users (id, email) values ('" + user + "', '" + user + "@example.com')");
        execute("insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence, customer_metadata)"
                + " values ('" + user + "', '" + id + "', 'session', '" + metadata + "')");
        return id;
    }

    private String seenBy(UUID user) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local role authenticated");
            statement.execute("select set_config('request.jwt.claims', '{\"sub\": \"" + user
                    + "\", \"role\": \"authenticated\"}', true)");
            try (ResultSet rows = statement.executeQuery(
                    "select coalesce(string_agg(name, ','), '') from provisioning.organisations")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

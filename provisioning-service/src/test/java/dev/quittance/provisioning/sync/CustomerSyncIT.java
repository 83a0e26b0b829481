package dev.quittance.provisioning.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

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
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Customers made on demand, told what changes, backfilled and looked for, against the simulator. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
@QuarkusTestResource(value = SimulatedStripe.class, restrictToAnnotatedClass = true)
class CustomerSyncIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int CLICKS = 8;

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    /** Only here, so it cannot be injected: other tests have no such value. */
    private final String stripe = ConfigProvider.getConfig().getValue(SimulatedStripe.API_BASE, String.class);

    private final UUID user = UUID.randomUUID();
    private final String email = user + "@example.com";

    @Test
    @DisplayName("C2: eight clicks at once make one customer, and it is the user's")
    void aCustomerIsMadeOnceOnDemand() throws SQLException {
        // Given
        user(user, email);
        Set<String> made = ConcurrentHashMap.newKeySet();

        // When
        try (ExecutorService clicks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLICKS; i++) {
                clicks.execute(() -> made.add(customer()));
            }
        }

        // Then
        assertThat(made).hasSize(1);
        String id = made.iterator().next();
        assertThat(customer()).isEqualTo(id);
        assertThat(one("select string_agg(stripe_customer_id || evidence || is_primary, ',')"
                        + " from provisioning.stripe_customers where user_id = '" + user + "'"))
                .isEqualTo(id + "customertrue");
        atStripe()
                .get(stripe + "/v1/customers/" + id)
                .then()
                .body("email", equalTo(email))
                .body("metadata.user_id", equalTo(user.toString()));
    }

    @Test
    @DisplayName("C8: what a user changes is told to Stripe once, and Stripe's own word is not told back")
    void whatAUserChangesIsToldToStripe() throws SQLException {
        // Given
        user(user, email);
        String id = customer();
        await().atMost(TIMEOUT).until(() -> one(pushes()).equals("0"));

        // When
        execute("update auth.users set email = 'moved." + email + "' where id = '" + user + "'");

        // Then
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        atStripe().get(stripe + "/v1/customers/" + id).then().body("email", equalTo("moved." + email)));
        await().atMost(TIMEOUT).until(() -> one(pushes()).equals("0"));

        // And when
        execute("update provisioning.users set email = 'portal." + email
                + "', email_as_of = '1:009999999999:2:evt_portal' where id = '" + user + "'");

        // Then
        assertThat(one(pushes())).isEqualTo("0");
    }

    @Test
    void whoHasNoCustomerIsGivenOneAndWhoLostTheirsIsFound() throws SQLException {
        // Given
        user(user, email);
        execute("insert into provisioning.accounts (user_id, account_number) values ('" + user
                + "', '4242424242424242')");

        // When
        Response backfilled = asOperator().post("/api/admin/customers/backfill");
        String id = one("select stripe_customer_id from provisioning.stripe_customers where user_id = '" + user + "'");
        atStripe().delete(stripe + "/v1/customers/" + id);
        execute(
                "insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence, is_primary) values ('"
                        + user + "', 'cus_0ofAnotherMode', 'session', false)");
        Response checked = asOperator().post("/api/admin/customers/check");

        // Then
        backfilled.then().statusCode(200).body("made", hasItem(user.toString()));
        assertThat(id).startsWith("cus_");
        checked.then().statusCode(200).body("deleted", hasItem(id)).body("unknown", hasItem("cus_0ofAnotherMode"));
        assertThat(one("select deleted_at is not null and not is_primary from provisioning.stripe_customers"
                        + " where stripe_customer_id = '" + id + "'"))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/admin/customers/backfill?after=x, 400, CURSOR_MALFORMED",
        "/api/admin/customers/check?after=%00, 400, CURSOR_MALFORMED"
    })
    void whatIsNoPageIsAProblem(String path, int status, String code) {
        asOperator()
                .urlEncodingEnabled(false)
                .post(path)
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }

    @Test
    void usersRunNoJobsAndStrangersHaveNoCustomer() {
        String token = new Tokens(privateKey).user(UUID.randomUUID());
        given().auth()
                .oauth2(token)
                .post("/api/admin/customers/backfill")
                .then()
                .statusCode(403);
        given().auth().oauth2(token).post("/api/admin/customers/check").then().statusCode(403);
        given().auth()
                .oauth2(token)
                .post("/api/account/customer")
                .then()
                .statusCode(401)
                .body("code", equalTo("SUBJECT_UNKNOWN"));
        given().post("/api/account/customer").then().statusCode(401);
    }

    private String customer() {
        return given().auth()
                .oauth2(new Tokens(privateKey).user(user))
                .post("/api/account/customer")
                .then()
                .statusCode(200)
                .extract()
                .path("stripeCustomerId");
    }

    private RequestSpecification asOperator() {
        return given().auth().oauth2(new Tokens(privateKey).operator());
    }

    private static RequestSpecification atStripe() {
        return given().auth().oauth2(SimulatedStripe.API_KEY);
    }

    private String pushes() {
        return "select count(*) from provisioning.customer_pushes where user_id = '" + user + "'";
    }

    private void user(UUID id, String address) throws SQLException {
        execute("insert into auth.users (id, email, email_confirmed_at) values ('" + id + "', '" + address
                + "', now())");
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

package dev.quittance.provisioning.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices, plans, subscriptions and the account's pause over HTTP. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class DeviceIT {
    private static final String PROBLEM = "application/problem+json";
    private static final int AT_ONCE = 20;

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    @Test
    void theLimitOfDevicesHoldsWhenManyAreAddedAtOnce() throws Exception {
        // Given
        UUID user = account("4000000000000002", 3, true);
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String body = "{\"name\": \"phone " + i + "\"}";
            requests.add(() -> as(user).body(body).post("/api/account/devices").statusCode());
        }
        List<Integer> statuses = new ArrayList<>();

        // When
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(requests)) {
                statuses.add(answer.get());
            }
        }

        // Then
        assertThat(statuses).containsOnly(201, 409);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(3);
        as(user).get("/api/account/devices").then().statusCode(200).body("", hasSize(3));
    }

    @Test
    void aDeviceIsRemovedByItsUserOnly() throws SQLException {
        // Given
        UUID user = account("4000056655665556", 3, true);
        UUID other = account("5200828282828210", 3, true);
        String id = as(user).body("{\"name\": \"phone\"}")
                .post("/api/account/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        // When
        Response byOther = as(other).delete("/api/account/devices/" + id);
        Response byUser = as(user).delete("/api/account/devices/" + id);

        // Then
        byOther.then().statusCode(404).contentType(PROBLEM).body("code", equalTo("DEVICE_NOT_FOUND"));
        byUser.then().statusCode(204);
        as(user).get("/api/account/devices").then().body("", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json            | 400 | BODY_MALFORMED",
                "[]                  | 400 | BODY_MALFORMED",
                "{}                  | 400 | FIELD_INVALID",
                "{\"name\": 7}       | 400 | FIELD_INVALID",
                "{\"name\": \"  \"}  | 400 | FIELD_INVALID"
            })
    void aDeviceThatCannotBeMeantIsAProblem(String body, int status, String code) throws SQLException {
        as(UUID.randomUUID())
                .body(body)
                .post("/api/account/devices")
                .then()
                .statusCode(status)
                .contentType(PROBLEM)
                .body("code", equalTo(code));
    }

    @Test
    void whoMayNotAddDevicesIsToldSo() throws SQLException {
        // Given
        UUID user = account("6011111111111117", 3, false);

        // When
        Response answer = as(user).body("{\"name\": \"phone\"}").post("/api/account/devices");

        // Then
        answer.then().statusCode(403).contentType(PROBLEM).body("code", equalTo("DEVICES_NOT_ALLOWED"));
        as(user).body("{\"name\": \"" + "x".repeat(101) + "\"}")
                .post("/api/account/devices")
                .then()
                .statusCode(400)
                .body("code", equalTo("FIELD_INVALID"));
        as(UUID.randomUUID())
                .body("{\"name\": \"phone\"}")
                .post("/api/account/devices")
                .then()
                .statusCode(404)
                .body("code", equalTo("ACCOUNT_NOT_FOUND"));
    }

    @Test
    void aUserPausesTheAccountAndNothingElse() throws SQLException {
        // Given
        UUID user = account("6011000990139424", 3, true);

        // When
        Response paused = as(user).body("{\"markedInactive\": true}").patch("/api/account");
        Response more = as(user).body("{\"markedInactive\": false, \"status\": \"active\"}")
                .patch("/api/account");
        Response wrong = as(user).body("{\"markedInactive\": \"yes\"}").patch("/api/account");

        // Then
        paused.then()
                .statusCode(200)
                .body("markedInactive", equalTo(true))
                .body("access.active", equalTo(false))
                .body("access.reasons", hasItem("paused"));
        more.then().statusCode(400).contentType(PROBLEM).body("code", equalTo("FIELD_UNKNOWN"));
        wrong.then().statusCode(400).contentType(PROBLEM).body("code", equalTo("FIELD_INVALID"));
        as(UUID.randomUUID())
                .body("{\"markedInactive\": true}")
                .patch("/api/account")
                .then()
                .statusCode(404)
                .body("code", equalTo("ACCOUNT_NOT_FOUND"));
    }

    @Test
    void plansAreOfferedAndSubscriptionsAreTheUsersOwn() throws SQLException {
        // Given
        UUID user = account("3530111333300000", 3, true);
        sql("insert into provisioning.plans (name, price_minor, price_currency, benefits, resources) values"
                + " ('By hand', 900, 'EUR', '[\"fast\"]', '{\"ports\": 2}')");
        sql(
                "insert into provisioning.subscriptions (stripe_account, id, user_id, stripe_customer_id, status, head_event_id)"
                        + " values ('', 'sub_mine', '" + user + "', 'cus_1', 'active', 'evt_1')");

        // When
        Response plans = as(user).get("/api/plans");
        Response mine = as(user).get("/api/subscriptions");
        Response others = as(UUID.randomUUID()).get("/api/subscriptions");

        // Then
        plans.then()
                .statusCode(200)
                .body("find { it.name == 'By hand' }.benefits", equalTo(List.of("fast")))
                .body("find { it.name == 'By hand' }.resources.ports", equalTo(2));
        mine.then().statusCode(200).body("id", equalTo(List.of("sub_mine"))).body("[0].status", equalTo("active"));
        others.then().statusCode(200).body("", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({"/api/plans", "/api/subscriptions", "/api/account/devices"})
    void withoutATokenNothingIsTold(String path) {
        given().get(path).then().statusCode(401).contentType(PROBLEM).body("code", equalTo("UNAUTHENTICATED"));
    }

    private UUID account(String number, int maxDevices, boolean canAdd) throws SQLException {
        UUID user = UUID.randomUUID();
        sql("insert into auth.users (id, email) values ('" + user + "', '" + user + "@example.com')");
        sql("insert into provisioning.accounts (user_id, account_number, max_devices, can_add_devices) values ('" + user
                + "', '" + number + "', " + maxDevices + ", " + canAdd + ")");
        return user;
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }

    private RequestSpecification as(UUID user) {
        try {
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
            String token = Jwt.subject(user.toString())
                    .claim("role", "authenticated")
                    .issuer(TokenIssuer.ISSUER)
                    .audience("authenticated")
                    .expiresIn(300)
                    .jws()
                    .keyId(TokenIssuer.KEY_ID)
                    .sign(key);
            return given().auth().oauth2(token).contentType("application/json");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

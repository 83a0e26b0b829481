package dev.quittance.provisioning.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The account over HTTP: the user's own, or a problem with a stable code. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class AccountResourceIT {
    private static final String PROBLEM = "application/problem+json";

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    @Test
    void aUserReadsTheOwnAccount() throws SQLException {
        // Given
        UUID user = UUID.randomUUID();
        account(user, "4242424242424242", "now() + interval '1 day'");

        // When
        Response answer = given().auth()
                .oauth2(token(user.toString(), "authenticated", TokenIssuer.ISSUER, "authenticated"))
                .get("/api/account");

        // Then
        answer.then()
                .statusCode(200)
                .body("userId", equalTo(user.toString()))
                .body("email", equalTo(user + "@example.com"))
                .body("accountNumber", equalTo("4242424242424242"))
                .body("status", equalTo("active"))
                .body("access.active", equalTo(true))
                .body("access.reason", equalTo("paid"));
    }

    @Test
    void whatAnAppStoreSaidIsKeptAndShown() throws SQLException {
        // Given
        UUID user = UUID.randomUUID();
        account(user, "4012888888881881", "null");
        execute("update provisioning.accounts set apple_receipt = 'MII', apple_api_response = '{\"status\":0}'"
                + " where user_id = '" + user + "'");

        // When
        Response answer = given().auth()
                .oauth2(token(user.toString(), "authenticated", TokenIssuer.ISSUER, "authenticated"))
                .get("/api/account");

        // Then
        answer.then()
                .statusCode(200)
                .body("appleReceipt", equalTo("MII"))
                .body("appleApiResponse", equalTo("{\"status\":0}"));
    }

    @Test
    @DisplayName("C13: of 1,000 requests of two users at once each is answered with the asker's own account")
    void nobodyIsAnsweredWithAnothersAccount() throws SQLException {
        // Given
        UUID ann = UUID.randomUUID();
        UUID bob = UUID.randomUUID();
        account(ann, "4012888888881899", "now()");
        account(bob, "4012888888881907", "now()");
        Map<UUID, String> tokens = new LinkedHashMap<>();
        List.of(ann, bob)
                .forEach(user ->
                        tokens.put(user, token(user.toString(), "authenticated", TokenIssuer.ISSUER, "authenticated")));
        URI url = URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/account");

        // When
        List<CompletableFuture<String>> asked = new ArrayList<>();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            for (int i = 0; i < 1_000; i++) {
                UUID user = i % 2 == 0 ? ann : bob;
                String other = (i % 2 == 0 ? bob : ann).toString();
                HttpRequest request = HttpRequest.newBuilder(url)
                        .header("Authorization", "Bearer " + tokens.get(user))
                        .build();
                asked.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .thenApply(answer -> answer.statusCode() == 200
                                        && answer.body().contains(user.toString())
                                        && !answer.body().contains(other)
                                ? "own"
                                : "not own: " + answer.statusCode()));
            }
            asked.forEach(CompletableFuture::join);
        }

        // Then
        assertThat(asked).extracting(CompletableFuture::join).containsOnly("own");
    }

    @Test
    void accessThatEndsWithTimeIsToldByTheJob() throws SQLException {
        // Given
        UUID user = UUID.randomUUID();
        account(user, "4012888888881915", "now() - interval '1 minute'");
        execute("insert into provisioning.account_access (account_number, granted, until, reasons, revision, review_at)"
                + " values ('4012888888881915', true, now(), '{paid}', 1, now())");

        // When Then
        await().atMost(Duration.ofSeconds(60))
                .until(() -> one("select concat_ws(' ', granted, reasons, revision) from provisioning.account_access"
                                + " where account_number = '4012888888881915'")
                        .equals("f {expired} 2"));
    }

    @Test
    void anAccountThatWasNeverPaidForGivesNoAccess() throws SQLException {
        // Given
        UUID user = UUID.randomUUID();
        account(user, "5555555555554444", "null");

        // When
        Response answer = given().auth()
                .oauth2(token(user.toString(), "authenticated", TokenIssuer.ISSUER, "authenticated"))
                .get("/api/account");

        // Then
        answer.then()
                .statusCode(200)
                .body("expiry", nullValue())
                .body("access.active", equalTo(false))
                .body("access.reason", equalTo("not-yet-paid"));
    }

    @Test
    void aUserWithoutAnAccountIsToldSo() {
        // Given
        String token = token(UUID.randomUUID().toString(), "authenticated", TokenIssuer.ISSUER, "authenticated");

        // When
        Response answer = given().auth().oauth2(token).get("/api/account");

        // Then
        answer.then().statusCode(404).contentType(PROBLEM).body("code", equalTo("ACCOUNT_NOT_FOUND"));
    }

    @ParameterizedTest
    @CsvSource({
        "service_role,  https://issuer.test/auth/v1,  authenticated, 403, FORBIDDEN",
        "authenticated, https://issuer.other/auth/v1, authenticated, 401, UNAUTHENTICATED",
        "authenticated, https://issuer.test/auth/v1,  anybody,       401, UNAUTHENTICATED"
    })
    void aTokenOfAnotherRoleIssuerOrAudienceIsRefused(
            String role, String issuer, String audience, int status, String code) {
        // Given
        String token = token(UUID.randomUUID().toString(), role, issuer, audience);

        // When
        Response answer = given().auth().oauth2(token).get("/api/account");

        // Then
        answer.then().statusCode(status).contentType(PROBLEM).body("code", equalTo(code));
    }

    @ParameterizedTest
    @CsvSource({"/api/account", "/api/account;x", "/api/account/", "//api/account"})
    void withoutATokenNothingIsTold(String path) {
        // When
        Response answer = given().urlEncodingEnabled(false).get(path);

        // Then
        answer.then().statusCode(org.hamcrest.Matchers.anyOf(equalTo(401), equalTo(404)));
    }

    @Test
    void noTokenIsAProblem() {
        given().get("/api/account")
                .then()
                .statusCode(401)
                .contentType(PROBLEM)
                .body("code", equalTo("UNAUTHENTICATED"));
    }

    @Test
    void aSubjectThatIsNoUserIsAProblem() {
        // Given
        String token = token("somebody", "authenticated", TokenIssuer.ISSUER, "authenticated");

        // When
        Response answer = given().auth().oauth2(token).get("/api/account");

        // Then
        answer.then().statusCode(401).contentType(PROBLEM).body("code", equalTo("SUBJECT_UNKNOWN"));
    }

    private void account(UUID user, String number, String expiry) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into auth.users (id, email) values ('" + user + "', '" + user + "@example.com')");
            statement.execute("insert into provisioning.accounts (user_id, account_number, expiry) values ('" + user
                    + "', '" + number + "', " + expiry + ")");
        }
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

    private String token(String subject, String role, String issuer, String audience) {
        try {
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
            return Jwt.subject(subject)
                    .claim("role", role)
                    .issuer(issuer)
                    .audience(audience)
                    .expiresIn(300)
                    .jws()
                    .keyId(TokenIssuer.KEY_ID)
                    .sign(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.quittance.provisioning.http;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.provisioning.http.Endpoint.Who;
import dev.quittance.provisioning.sync.SimulatedStripe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every endpoint there is answers to whoever may not, and to what is no request of its kind. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
@QuarkusTestResource(value = SimulatedStripe.class, restrictToAnnotatedClass = true)
class EndpointsIT {
    private static final String PROBLEM = "application/problem+json";
    private static final int TOO_LONG = 70_000;

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    @TestHTTPResource("/")
    URI root = URI.create("");

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.quittance.provisioning.http.Endpoint#all")
    void withoutAGoodTokenThereIsNothing(Endpoint endpoint) throws GeneralSecurityException {
        // Given
        String subject = UUID.randomUUID().toString();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        PrivateKey another = generator.generateKeyPair().getPrivate();
        long yesterday = System.currentTimeMillis() / 1_000 - 86_400;
        String good = token(endpoint);

        // When Then
        for (String bad : List.of(
                "",
                "x",
                good.substring(0, good.lastIndexOf('.') + 1) + "AAAA",
                signed(subject, role(endpoint), another, "authenticated", yesterday + 90_000),
                signed(subject, role(endpoint), own(), "anybody", yesterday + 90_000))) {
            refused(send(endpoint, bad, endpoint.path(), null), 401, "UNAUTHENTICATED");
        }
        String old = signed(subject, role(endpoint), own(), "authenticated", yesterday);
        refused(send(endpoint, old, endpoint.path(), null), 401, "TOKEN_EXPIRED");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.quittance.provisioning.http.Endpoint#all")
    void anotherRoleIsRefused(Endpoint endpoint) {
        // Given
        String subject = UUID.randomUUID().toString();
        String other = endpoint.who() == Who.USER ? "service_role" : "authenticated";

        // When Then
        for (String role : List.of(other, "anon", "postgres")) {
            refused(
                    send(endpoint, new Tokens(privateKey).token(subject, role), endpoint.path(), null),
                    403,
                    "FORBIDDEN");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.quittance.provisioning.http.Endpoint#all")
    void whatIsNoRequestOfItsKindGetsItsCode(Endpoint endpoint) {
        for (Endpoint.Bad bad : endpoint.bad()) {
            refused(send(endpoint, token(endpoint), bad.path(), bad.body()), bad.status(), bad.code());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.quittance.provisioning.http.Endpoint#withBody")
    void whatIsNoObjectIsMalformed(Endpoint endpoint) {
        for (String body : List.of("", "{", "[]", "null", "5", "\0", "{\"a\":", "\"text\"")) {
            refused(send(endpoint, token(endpoint), endpoint.path(), body), 400, "BODY_MALFORMED");
        }
        refused(
                given().auth()
                        .oauth2(token(endpoint))
                        .contentType("text/plain")
                        .body("x")
                        .request(endpoint.method(), endpoint.path()),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.quittance.provisioning.http.Endpoint#withBody")
    void whatIsTooLongIsToldSo(Endpoint endpoint) throws IOException, InterruptedException {
        // Given
        String body = "{\"name\": \"" + "x".repeat(TOO_LONG) + "\"}";

        // When
        Response announced = send(endpoint, token(endpoint), endpoint.path(), body);
        HttpResponse<String> chunked;
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            chunked = client.send(
                    HttpRequest.newBuilder(root.resolve(endpoint.path()))
                            .header("Authorization", "Bearer " + token(endpoint))
                            .header("Content-Type", "application/json")
                            .method(
                                    endpoint.method(),
                                    HttpRequest.BodyPublishers.ofInputStream(
                                            () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        // Then
        refused(announced, 413, "BODY_TOO_LARGE");
        assertThat(chunked.statusCode()).isEqualTo(411);
        assertThat(chunked.body()).contains("LENGTH_REQUIRED");
    }

    @Test
    void whereNothingIsThereIsNothing() {
        // Given
        String token = new Tokens(privateKey).operator();

        // When Then
        refused(given().auth().oauth2(token).get("/api/admin/customers/nothing"), 404, "NOT_FOUND");
        refused(given().auth().oauth2(token).delete("/api/admin/customers/mismatches"), 405, "METHOD_NOT_ALLOWED");
    }

    private static void refused(Response answer, int status, String code) {
        answer.then().statusCode(status).contentType(PROBLEM).body("code", equalTo(code));
    }

    private static Response send(Endpoint endpoint, String token, String path, @Nullable String body) {
        RequestSpecification request = given().urlEncodingEnabled(false);
        if (!token.isEmpty()) {
            request = request.auth().oauth2(token);
        }
        if (endpoint.hasBody()) {
            request = request.contentType("application/json").body(body == null ? "{}" : body);
        }
        return request.request(endpoint.method(), path);
    }

    private String token(Endpoint endpoint) {
        return endpoint.who() == Who.USER
                ? new Tokens(privateKey).user(Endpoint.stranger())
                : new Tokens(privateKey).operator();
    }

    private static String role(Endpoint endpoint) {
        return endpoint.who() == Who.USER ? "authenticated" : "service_role";
    }

    private PrivateKey own() throws GeneralSecurityException {
        return requireNonNull(KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey))));
    }

    private static String signed(String subject, String role, PrivateKey key, String audience, long until) {
        return Jwt.subject(subject)
                .claim("role", role)
                .issuer(TokenIssuer.ISSUER)
                .audience(audience)
                .issuedAt(until - 7_200)
                .expiresAt(until)
                .jws()
                .keyId(TokenIssuer.KEY_ID)
                .sign(key);
    }
}

package dev.quittance.voucher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.voucher.scene.Frontend;
import dev.quittance.voucher.scene.Secrets;
import dev.quittance.voucher.scene.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose tokens open the door, and what everybody else is told. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class TokenRefusalsIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/vouchers",
                "/api/vouchers/redeem",
                "/api/vouchers/0/reveal",
                "/api/vouchers/redeem;x",
                "/api/vouchers%2Fredeem"
            })
    void withoutAGoodTokenThereIsNothing(String path) {
        // Given
        List<String> tokens = List.of("", "x", "a.b.c", Tokens.expired(), Tokens.forAudience("anon"));

        for (String token : tokens) {
            // When
            var request = RestAssured.given()
                    .urlEncodingEnabled(false)
                    .contentType(ContentType.JSON)
                    .body("{\"code\":\"A\"}");
            var withToken = token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
            int status = path.equals("/api/vouchers")
                    ? withToken.get(path).statusCode()
                    : withToken.post(path).statusCode();

            // Then
            assertThat(status).as(path + " " + token).isIn(401, 404);
        }
    }

    @Test
    void aLegacyTokenIsVerifiedByTheSharedSecretAndByNothingElse() {
        // Given
        UUID user = UUID.randomUUID();

        // When / Then
        bearing(Tokens.legacy(user)).statusCode(200);
        Frontend.problem(bearing(Tokens.legacyByThePublishedKey(user)), 401, "UNAUTHENTICATED");
    }

    private static ValidatableResponse bearing(String token) {
        return RestAssured.given().auth().oauth2(token).get("/api/vouchers").then();
    }

    @Test
    void aRefusalOfATokenIsAProblemToo() {
        // When / Then
        Frontend.problem(RestAssured.given().get("/api/vouchers").then(), 401, "UNAUTHENTICATED");
        Frontend.problem(
                RestAssured.given().auth().oauth2("x").get("/api/vouchers").then(), 401, "UNAUTHENTICATED");
        Frontend.problem(
                RestAssured.given()
                        .auth()
                        .oauth2(Tokens.expired())
                        .get("/api/vouchers")
                        .then(),
                401,
                "UNAUTHENTICATED");
        Frontend.problem(
                RestAssured.given()
                        .auth()
                        .oauth2(Tokens.ofRole("anon"))
                        .get("/api/vouchers")
                        .then(),
                403,
                "FORBIDDEN");
        Frontend.problem(
                RestAssured.given()
                        .auth()
                        .oauth2(Tokens.ofSubject("not-a-user"))
                        .get("/api/vouchers")
                        .then(),
                403,
                "FORBIDDEN");
    }
}

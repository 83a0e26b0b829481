package dev.quittance.provisioning.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens open the door. Who gets in has no account yet, which is a 404; everybody else gets a 401. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class TokenFamiliesIT {
    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String ecKey;

    @Inject
    @ConfigProperty(name = TokenIssuer.RSA_PRIVATE_KEY)
    String rsaKey;

    @Inject
    @ConfigProperty(name = TokenIssuer.RSA_PUBLIC_KEY)
    String rsaPublicKey;

    @Test
    void eachFamilyIsVerifiedByItsOwnKeys() throws GeneralSecurityException {
        // When
        Response es256 = ask(sign(claims(), "EC", ecKey, TokenIssuer.KEY_ID, SignatureAlgorithm.ES256));
        Response rs256 = ask(sign(claims(), "RSA", rsaKey, TokenIssuer.RSA_KEY_ID, SignatureAlgorithm.RS256));
        Response hs256 = ask(shared(claims(), TokenIssuer.LEGACY_SECRET.getBytes(StandardCharsets.UTF_8)));

        // Then
        es256.then().statusCode(404).body("code", equalTo("ACCOUNT_NOT_FOUND"));
        rs256.then().statusCode(404).body("code", equalTo("ACCOUNT_NOT_FOUND"));
        hs256.then().statusCode(404).body("code", equalTo("ACCOUNT_NOT_FOUND"));
    }

    @Test
    void aPublishedKeyIsNoSharedSecret() {
        // When
        Response confused = ask(shared(claims(), Base64.getDecoder().decode(rsaPublicKey)));

        // Then
        refused(confused, "UNAUTHENTICATED");
    }

    @Test
    void aKeyThatNobodyPublishedForgesNothing() throws GeneralSecurityException {
        // Given
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        String own = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());

        // When
        Response forged = ask(sign(claims(), "EC", own, TokenIssuer.KEY_ID, SignatureAlgorithm.ES256));
        Response foreign = ask(sign(claims(), "EC", ecKey, "unheard-of", SignatureAlgorithm.ES256));
        Response crossed = ask(sign(claims(), "EC", ecKey, TokenIssuer.RSA_KEY_ID, SignatureAlgorithm.ES256));

        // Then
        refused(forged, "UNAUTHENTICATED");
        refused(foreign, "UNAUTHENTICATED");
        refused(crossed, "UNAUTHENTICATED");
    }

    @Test
    void anotherAlgorithmOfTheSameKeyIsRefused() throws GeneralSecurityException {
        // When
        Response rs512 = ask(sign(claims(), "RSA", rsaKey, TokenIssuer.RSA_KEY_ID, SignatureAlgorithm.RS512));

        // Then
        refused(rs512, "UNAUTHENTICATED");
    }

    @Test
    void aTokenOfYesterdayIsToldSo() throws GeneralSecurityException {
        // Given
        long yesterday = System.currentTimeMillis() / 1000 - 86_400;
        JwtClaimsBuilder old = claims().issuedAt(yesterday - 60).expiresAt(yesterday);

        // When
        Response es256 = ask(sign(old, "EC", ecKey, TokenIssuer.KEY_ID, SignatureAlgorithm.ES256));
        Response hs256 = ask(shared(old, TokenIssuer.LEGACY_SECRET.getBytes(StandardCharsets.UTF_8)));

        // Then
        refused(es256, "TOKEN_EXPIRED");
        refused(hs256, "TOKEN_EXPIRED");
    }

    @Test
    void aLegacyTokenOfAnotherIssuerOrAudienceIsRefused() {
        // Given
        byte[] secret = TokenIssuer.LEGACY_SECRET.getBytes(StandardCharsets.UTF_8);

        // When
        Response issuer = ask(shared(claims().issuer("https://issuer.other"), secret));
        Response audience = ask(shared(claims().audience("anybody"), secret));

        // Then
        refused(issuer, "UNAUTHENTICATED");
        refused(audience, "UNAUTHENTICATED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "a.b.c",
                "..",
                // {"alg":"none"}.{"sub":"..."}. without a signature
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDEifQ.",
                // {"alg":5}.{}.x
                "eyJhbGciOjV9.e30.eA"
            })
    void whatIsNoTokenIsRefused(String text) {
        refused(ask(text), "UNAUTHENTICATED");
    }

    private static Response ask(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/account");
    }

    private static void refused(Response answer, String code) {
        answer.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("code", equalTo(code));
    }

    private static JwtClaimsBuilder claims() {
        return Jwt.subject(UUID.randomUUID().toString())
                .claim("role", "authenticated")
                .issuer(TokenIssuer.ISSUER)
                .audience("authenticated")
                .expiresIn(300);
    }

    private static String sign(
            JwtClaimsBuilder claims, String family, String key, String keyId, SignatureAlgorithm algorithm)
            throws GeneralSecurityException {
        PrivateKey privateKey = KeyFactory.getInstance(family)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        return claims.jws().keyId(keyId).algorithm(algorithm).sign(privateKey);
    }

    private static String shared(JwtClaimsBuilder claims, byte[] secret) {
        SecretKey key = new SecretKeySpec(secret, "HmacSHA256");
        return claims.jws().algorithm(SignatureAlgorithm.HS256).sign(key);
    }
}

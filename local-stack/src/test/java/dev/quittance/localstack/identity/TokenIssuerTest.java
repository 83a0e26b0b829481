package dev.quittance.localstack.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Whoever knows only the published key can check a token. */
class TokenIssuerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
    private static final String ISSUER = "http://localhost:8080/auth/v1";

    /** Repeated, because a coordinate with leading zeros comes up once in some hundred keys. */
    @RepeatedTest(50)
    void aTokenIsVerifiedByThePublishedKeyAlone() throws Exception {
        // Given
        TokenIssuer issuer = new TokenIssuer(newKey(), ISSUER, CLOCK);

        // When
        String[] parts = issuer.userToken(UUID.randomUUID()).split("\\.", -1);

        // Then
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(published(issuer));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
        assertThat(signature.verify(decode(parts[2]))).isTrue();
    }

    @Test
    void aTokenSaysWhatSupabaseSays() throws Exception {
        // Given
        TokenIssuer issuer = new TokenIssuer(newKey(), ISSUER, CLOCK);
        UUID user = UUID.randomUUID();

        // When
        JsonNode claims = JSON.readTree(decode(issuer.userToken(user).split("\\.", -1)[1]));

        // Then
        assertThat(claims.path("sub").asText()).isEqualTo(user.toString());
        assertThat(claims.path("iss").asText()).isEqualTo(ISSUER);
        assertThat(claims.path("aud").asText()).isEqualTo("authenticated");
        assertThat(claims.path("role").asText()).isEqualTo("authenticated");
        assertThat(claims.path("exp").asLong()).isGreaterThan(CLOCK.instant().getEpochSecond());
    }

    @Test
    void anOperatorIsNoUser() throws Exception {
        // Given
        TokenIssuer issuer = new TokenIssuer(newKey(), ISSUER, CLOCK);

        // When
        JsonNode claims = JSON.readTree(decode(issuer.adminToken().split("\\.", -1)[1]));

        // Then
        assertThat(claims.path("role").asText()).isEqualTo("operator");
    }

    private static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static PublicKey published(TokenIssuer issuer) throws Exception {
        JsonNode key = JSON.readTree(issuer.jwks()).path("keys").path(0);
        ECPoint point = new ECPoint(
                new BigInteger(1, decode(key.path("x").asText())),
                new BigInteger(1, decode(key.path("y").asText())));
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}

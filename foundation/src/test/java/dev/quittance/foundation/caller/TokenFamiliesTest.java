package dev.quittance.foundation.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** Each family of tokens by its own keys. */
class TokenFamiliesTest {
    private static final String ISSUER = "https://issuer.test/auth/v1";
    private static final String SECRET = "a secret that a legacy project shares with us";

    private final KeyPair published = rsa();
    private final TokenFamilies families = new TokenFamilies(Optional.of(SECRET));

    @Test
    void aTokenIsVerifiedByTheKeysOfItsFamily() throws ParseException, JoseException {
        // When Then
        assertThat(families.parse(token("RS256", published.getPrivate(), ISSUER), settings())
                        .getSubject())
                .isEqualTo("ann");
        assertThat(families.parse(token("HS256", hmac(bytes(SECRET)), ISSUER), settings())
                        .getSubject())
                .isEqualTo("ann");
    }

    @Test
    void aPublishedKeyIsNoSharedSecretAndAnotherIssuerIsNobody() throws JoseException {
        // Given
        String confused = token("HS256", hmac(published.getPublic().getEncoded()), ISSUER);
        String foreign = token("HS256", hmac(bytes(SECRET)), "https://issuer.other");

        // When Then
        assertThatThrownBy(() -> families.parse(confused, settings())).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> families.parse(foreign, settings())).isInstanceOf(ParseException.class);
    }

    @Test
    void withoutASecretNoSharedOneIsTaken() throws JoseException {
        // Given
        TokenFamilies modern = new TokenFamilies(Optional.empty());
        String legacy = token("HS256", hmac(bytes(SECRET)), ISSUER);

        // When Then
        assertThatThrownBy(() -> modern.parse(legacy, settings())).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> new TokenFamilies(Optional.of("short"))).isInstanceOf(IllegalArgumentException.class);
    }

    private JWTAuthContextInfo settings() {
        JWTAuthContextInfo settings = new JWTAuthContextInfo(published.getPublic(), ISSUER);
        settings.setExpectedAudience(Set.of("authenticated"));
        settings.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256));
        return settings;
    }

    private static String token(String algorithm, Key key, String issuer) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("ann");
        claims.setIssuer(issuer);
        claims.setAudience("authenticated");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        JsonWebSignature signed = new JsonWebSignature();
        signed.setAlgorithmHeaderValue(
                algorithm.equals("HS256") ? AlgorithmIdentifiers.HMAC_SHA256 : AlgorithmIdentifiers.RSA_USING_SHA256);
        signed.setKey(key);
        signed.setPayload(claims.toJson());
        return signed.getCompactSerialization();
    }

    private static Key hmac(byte[] secret) {
        return new SecretKeySpec(secret, "HmacSHA256");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static KeyPair rsa() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

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
import java.time.Instant;
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
    private Instant now = Instant.now();
    private final TokenFamilies families = new TokenFamilies(Optional.of(SECRET), () -> now);

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
        TokenFamilies modern = new TokenFamilies(Optional.empty(), () -> now);
        String legacy = token("HS256", hmac(bytes(SECRET)), ISSUER);

        // When Then
        assertThatThrownBy(() -> modern.parse(legacy, settings())).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> new TokenFamilies(Optional.of("short"), () -> now))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVerifiedTokenIsBelievedForAMinuteAndNotVerifiedAgain() throws ParseException, JoseException {
        // Given
        String token = token("RS256", published.getPrivate(), ISSUER);
        families.parse(token, settings());
        JWTAuthContextInfo withdrawn = new JWTAuthContextInfo(rsa().getPublic(), ISSUER);

        // When Then
        now = now.plus(VerifiedTokens.REMEMBERED).minusMillis(1);
        assertThat(families.parse(token, withdrawn).getSubject()).isEqualTo("ann");

        // When Then
        now = now.plusMillis(1);
        assertThatThrownBy(() -> families.parse(token, withdrawn)).isInstanceOf(ParseException.class);
    }

    @Test
    void aVerifiedTokenIsNotBelievedBeyondItsEndAndNoOtherForIt() throws ParseException, JoseException {
        // Given
        now = Instant.now().plusSeconds(290);
        String token = token("RS256", published.getPrivate(), ISSUER);
        families.parse(token, settings());
        JWTAuthContextInfo withdrawn = new JWTAuthContextInfo(rsa().getPublic(), ISSUER);
        String other = token.substring(0, token.lastIndexOf('.') + 1) + "c2lnbmVkIGJ5IG5vYm9keQ";

        // When Then
        assertThatThrownBy(() -> families.parse(other, withdrawn)).isInstanceOf(ParseException.class);
        assertThat(families.parse(token, withdrawn).getSubject()).isEqualTo("ann");

        // When Then
        now = now.plusSeconds(15);
        assertThatThrownBy(() -> families.parse(token, withdrawn)).isInstanceOf(ParseException.class);
    }

    @Test
    void aRefusedTokenIsRefusedAgain() throws JoseException {
        // Given
        String foreign = token("RS256", published.getPrivate(), "https://issuer.other");

        // When Then
        assertThatThrownBy(() -> families.parse(foreign, settings())).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> families.parse(foreign, settings())).isInstanceOf(ParseException.class);
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

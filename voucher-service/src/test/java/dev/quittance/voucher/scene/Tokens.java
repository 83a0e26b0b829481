package dev.quittance.voucher.scene;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tokens as Supabase makes them. */
public final class Tokens {
    private Tokens() {}

    /** A user who is logged in. */
    public static String of(UUID user) {
        return sign(claims(user.toString()));
    }

    public static String ofSubject(String subject) {
        return sign(claims(subject));
    }

    public static String ofRole(String role) {
        return sign(claims(UUID.randomUUID().toString()).claim("role", role));
    }

    public static String expired() {
        Instant longAgo = Instant.now().minus(Duration.ofHours(2));
        return sign(
                claims(UUID.randomUUID().toString()).issuedAt(longAgo).expiresAt(longAgo.plus(Duration.ofHours(1))));
    }

    public static String forAudience(String audience) {
        return sign(claims(UUID.randomUUID().toString()).audience(audience));
    }

    /** As a project signs them that has not moved to signing keys. */
    public static String legacy(UUID user) {
        return shared(user, Secrets.LEGACY_SECRET.getBytes(StandardCharsets.UTF_8));
    }

    /** By a secret that is none: what everybody can read. */
    public static String legacyByThePublishedKey(UUID user) {
        return shared(user, Secrets.publishedKeys().getBytes(StandardCharsets.UTF_8));
    }

    private static String shared(UUID user, byte[] secret) {
        return claims(user.toString())
                .jws()
                .algorithm(SignatureAlgorithm.HS256)
                .sign(new SecretKeySpec(secret, "HmacSHA256"));
    }

    private static JwtClaimsBuilder claims(String subject) {
        return Jwt.claims()
                .subject(subject)
                .issuer("https://identity.example/auth/v1")
                .audience("authenticated")
                .claim("role", "authenticated")
                .expiresIn(Duration.ofHours(1));
    }

    private static String sign(JwtClaimsBuilder claims) {
        return claims.jws()
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(Secrets.KEY_ID)
                .sign(key());
    }

    private static PrivateKey key() {
        String encoded = ConfigProvider.getConfig().getValue(Secrets.SIGNING_KEY, String.class);
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.quittance.localstack.identity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signs the tokens with which users and operators call the services, in the shape of Supabase's. */
public final class TokenIssuer {
    public static final String AUDIENCE = "authenticated";
    public static final String USER_ROLE = "authenticated";
    public static final String OPERATOR_ROLE = "operator";
    private static final UUID OPERATOR = new UUID(0L, 1L);
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final int COORDINATE_BYTES = 32;

    private final KeyPair key;
    private final String issuer;
    private final InstantSource clock;
    private final String keyId;

    /** @param key EC P-256 */
    public TokenIssuer(KeyPair key, String issuer, InstantSource clock) {
        this.key = key;
        this.issuer = issuer;
        this.clock = clock;
        this.keyId = keyId();
    }

    /** The public key, as a JSON Web Key Set. */
    public String jwks() {
        return """
                {"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"%s","x":"%s","y":"%s"}]}\
                """.formatted(keyId, coordinate(point().getAffineX()), coordinate(point().getAffineY()));
    }

    public String issuer() {
        return issuer;
    }

    public String userToken(UUID user) {
        return token(user, USER_ROLE, null);
    }

    /** As Supabase signs a user's: with the address that they signed up with. */
    public String userToken(UUID user, String email) {
        return token(user, USER_ROLE, email);
    }

    public String adminToken() {
        return token(OPERATOR, OPERATOR_ROLE, null);
    }

    private String token(UUID subject, String role, @Nullable String email) {
        Instant now = clock.instant();
        String header = """
                {"alg":"ES256","typ":"JWT","kid":"%s"}""".formatted(keyId);
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", issuer)
                .put("aud", AUDIENCE)
                .put("sub", subject.toString())
                .put("role", role)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFETIME).getEpochSecond())
                .put("jti", UUID.randomUUID().toString());
        if (email != null) {
            claims.put("email", email);
        }
        String signed = encode(utf8(header)) + "." + encode(utf8(claims.toString()));
        return signed + "." + encode(sign(utf8(signed)));
    }

    private byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String keyId() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(key.getPublic().getEncoded());
            return encode(digest).substring(0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private java.security.spec.ECPoint point() {
        return ((ECPublicKey) key.getPublic()).getW();
    }

    /** Unsigned, big-endian, left-padded to the curve's size. */
    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return encode(padded);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package dev.quittance.provisioning.http;

import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.UUID;

/**
 * Tokens as Supabase would sign them.
 *
 * @param privateKey the value of {@link TokenIssuer#PRIVATE_KEY}
 */
public record Tokens(String privateKey) {
    public String user(UUID userId) {
        return token(userId.toString(), "authenticated");
    }

    public String operator() {
        return token(new UUID(7, 7).toString(), "service_role");
    }

    public String token(String subject, String role) {
        try {
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
            return Jwt.subject(subject)
                    .claim("role", role)
                    .issuer(TokenIssuer.ISSUER)
                    .audience("authenticated")
                    .expiresIn(300)
                    .jws()
                    .keyId(TokenIssuer.KEY_ID)
                    .sign(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

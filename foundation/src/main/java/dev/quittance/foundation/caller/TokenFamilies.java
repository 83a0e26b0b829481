package dev.quittance.foundation.caller;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Verifies a token by the keys of its own algorithm's family only: a published key never serves as a shared secret, whatever a
 * token's header says. The shared secret is for projects that have not moved to signing keys; without one, such tokens are refused.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class TokenFamilies extends JWTCallerPrincipalFactory {
    /** What HS256 needs at least. */
    private static final int SECRET_BYTES_MIN = 32;

    private final JWTCallerPrincipalFactory verifier = new DefaultJWTCallerPrincipalFactory();
    private final Optional<SecretKey> secret;
    private final VerifiedTokens verified;

    public TokenFamilies(
            @ConfigProperty(name = "quittance.jwt.legacy-secret") Optional<String> legacySecret, InstantSource clock) {
        this.secret = legacySecret.map(TokenFamilies::key);
        this.verified = new VerifiedTokens(clock);
    }

    private static SecretKey key(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException("quittance.jwt.legacy-secret is shorter than 32 bytes");
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings) throws ParseException {
        Optional<JWTCallerPrincipal> known = verified.find(token);
        if (known.isPresent()) {
            return known.get();
        }
        JWTCallerPrincipal caller = verify(token, settings);
        verified.keep(token, caller);
        return caller;
    }

    private JWTCallerPrincipal verify(String token, JWTAuthContextInfo settings) throws ParseException {
        return verifier.parse(token, secret.isPresent() && isShared(token) ? shared(settings, secret.get()) : settings);
    }

    private static JWTAuthContextInfo shared(JWTAuthContextInfo settings, SecretKey key) {
        JWTAuthContextInfo shared = new JWTAuthContextInfo(settings);
        shared.setPublicKeyLocation(null);
        shared.setPublicKeyContent(null);
        shared.setPublicVerificationKey(null);
        shared.setSecretVerificationKey(key);
        shared.setSignatureAlgorithm(Set.of(SignatureAlgorithm.HS256));
        return shared;
    }

    /** What the header claims, which decides nothing but which keys may be tried. */
    private static boolean isShared(String token) {
        try {
            int dot = token.indexOf('.');
            byte[] header = Base64.getUrlDecoder().decode(token.substring(0, Math.max(dot, 0)));
            return "HS256".equals(new JsonObject(Buffer.buffer(header)).getValue("alg"));
        } catch (IllegalArgumentException | DecodeException | ClassCastException _) {
            return false;
        }
    }
}

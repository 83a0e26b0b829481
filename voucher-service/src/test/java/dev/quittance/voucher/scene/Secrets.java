package dev.quittance.voucher.scene;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** Gives the service under test keys of its own: whose tokens it trusts, and its peppers. */
public final class Secrets implements QuarkusTestResourceLifecycleManager {
    static final String SIGNING_KEY = "quittance.test.signing-key";
    static final String KEY_ID = "test";
    static final String LEGACY_SECRET = "a secret that a legacy project shares with us";

    private static final int COORDINATE_BYTES = 32;
    private static final int PEPPER_BYTES = 32;

    @Override
    public Map<String, String> start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            Path jwks = Files.createTempFile("quittance-jwks", ".json");
            jwks.toFile().deleteOnExit();
            Files.writeString(jwks, jwks((ECPublicKey) keys.getPublic()));
            return Map.of(
                    // All tests come from one address, and some a hundred times at once.
                    "quittance.voucher.guessing.per-account",
                    "100000",
                    "quittance.voucher.guessing.per-address",
                    "100000",
                    "quittance.voucher.mail.enabled",
                    "true",
                    "QUITTANCE_JWT_LEGACY_SECRET",
                    LEGACY_SECRET,
                    "QUITTANCE_JWKS_URL",
                    jwks.toUri().toString(),
                    "QUITTANCE_JWT_ISSUER",
                    "https://identity.example/auth/v1",
                    "QUITTANCE_VOUCHER_PEPPER",
                    "new:" + random() + ",old:" + random(),
                    SIGNING_KEY,
                    Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String publishedKeys() {
        String location = ConfigProvider.getConfig().getValue("QUITTANCE_JWKS_URL", String.class);
        try {
            return Files.readString(Path.of(URI.create(location)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // Nothing was started.
    }

    private static String random() {
        byte[] secret = new byte[PEPPER_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }

    private static String jwks(ECPublicKey key) {
        return """
                {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"%s","x":"%s","y":"%s"}]}
                """.formatted(
                        KEY_ID,
                        coordinate(key.getW().getAffineX()),
                        coordinate(key.getW().getAffineY()));
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
        Arrays.fill(bytes, (byte) 0);
        return text;
    }
}

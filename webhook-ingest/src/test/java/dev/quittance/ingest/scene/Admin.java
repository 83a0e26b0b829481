package dev.quittance.ingest.scene;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** Whose tokens the application under test trusts, and who asks it with them. */
public final class Admin implements QuarkusTestResourceLifecycleManager {
    private static final String SIGNING_KEY = "quittance.test.signing-key";
    private static final String KEY_ID = "test";
    private static final int COORDINATE_BYTES = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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
                    "QUITTANCE_JWKS_URL",
                    jwks.toUri().toString(),
                    "QUITTANCE_JWT_ISSUER",
                    "https://identity.example/auth/v1",
                    SIGNING_KEY,
                    Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // Nothing was started.
    }

    public static HttpResponse<String> get(String role, String path) {
        return send(request(role, path).GET());
    }

    public static HttpResponse<String> post(String role, String path, String json) {
        return send(request(role, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public static HttpResponse<String> anonymous(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private static HttpRequest.Builder request(String role, String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token(role));
    }

    private static URI uri(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A token with this role. */
    public static String token(String role) {
        String encoded = ConfigProvider.getConfig().getValue(SIGNING_KEY, String.class);
        try {
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(encoded)));
            return Jwt.claims()
                    .subject(UUID.randomUUID().toString())
                    .issuer("https://identity.example/auth/v1")
                    .audience("authenticated")
                    .claim("role", role)
                    .expiresIn(Duration.ofHours(1))
                    .jws()
                    .algorithm(SignatureAlgorithm.ES256)
                    .keyId(KEY_ID)
                    .sign(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
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
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}

package dev.quittance.provisioning.http;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publishes a key of its own as Supabase does, and leaves its private half to the tests. */
public final class TokenIssuer implements QuarkusTestResourceLifecycleManager {
    public static final String PRIVATE_KEY = "quittance.test.token-key";
    public static final String ISSUER = "https://issuer.test/auth/v1";
    public static final String KEY_ID = "test";
    public static final String RSA_PRIVATE_KEY = "quittance.test.token-rsa-key";
    public static final String RSA_PUBLIC_KEY = "quittance.test.token-rsa-public-key";
    public static final String RSA_KEY_ID = "test-rsa";
    public static final String LEGACY_SECRET = "a secret that a legacy project shares with us";
    private static final int COORDINATE_BYTES = 32;

    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair pair = generator.generateKeyPair();
            KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            byte[] keys = keys((ECPublicKey) pair.getPublic(), (RSAPublicKey) rsa.getPublic())
                    .getBytes(StandardCharsets.UTF_8);
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/jwks.json", exchange -> {
                try (exchange) {
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                }
            });
            http.start();
            server = http;
            return Map.of(
                    "mp.jwt.verify.publickey.location",
                    "http://localhost:" + http.getAddress().getPort() + "/jwks.json",
                    "mp.jwt.verify.issuer",
                    ISSUER,
                    "quittance.jwt.legacy-secret",
                    LEGACY_SECRET,
                    PRIVATE_KEY,
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
                    RSA_PRIVATE_KEY,
                    Base64.getEncoder().encodeToString(rsa.getPrivate().getEncoded()),
                    RSA_PUBLIC_KEY,
                    Base64.getEncoder().encodeToString(rsa.getPublic().getEncoded()));
        } catch (NoSuchAlgorithmException | java.security.InvalidParameterException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static String keys(ECPublicKey key, RSAPublicKey rsa) {
        return """
                {"keys": [{"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "%s", "x": "%s", "y": "%s"},
                          {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "%s", "n": "%s", "e": "AQAB"}]}
                """.formatted(
                        KEY_ID,
                        coordinate(key.getW().getAffineX()),
                        coordinate(key.getW().getAffineY()),
                        RSA_KEY_ID,
                        modulus(rsa));
    }

    private static String modulus(RSAPublicKey key) {
        byte[] bytes = key.getModulus().toByteArray();
        byte[] unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        byte[] bare = bytes.length > COORDINATE_BYTES
                ? Arrays.copyOfRange(bytes, bytes.length - COORDINATE_BYTES, bytes.length)
                : bytes;
        System.arraycopy(bare, 0, fixed, COORDINATE_BYTES - bare.length, bare.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}

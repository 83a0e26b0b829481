package dev.quittance.localstack.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A customer's page over the services, so that somebody new can buy something in a browser. It asks them as any page would. */
final class SampleShop {
    private static final String FOLDER = "/dev/quittance/localstack/shop/";
    /** Nothing is loaded but what lies beside the page. */
    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

    private static final Map<String, Asset> ASSETS = Map.of(
            "/shop/", Asset.read("index.html", "text/html; charset=utf-8"),
            "/shop/shop.css", Asset.read("shop.css", "text/css; charset=utf-8"),
            "/shop/shop.js", Asset.read("shop.js", "text/javascript; charset=utf-8"));

    private SampleShop() {}

    /** A file with its media type. */
    record Asset(String type, String text) {
        private static Asset read(String file, String type) {
            try (InputStream in = Objects.requireNonNull(SampleShop.class.getResourceAsStream(FOLDER + file))) {
                return new Asset(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void send(HttpServerRequest request) {
            request.response()
                    .putHeader("Content-Type", type)
                    .putHeader("Cache-Control", "no-cache")
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .end(text);
        }
    }

    static Optional<Asset> at(HttpMethod method, String path) {
        return method.equals(HttpMethod.GET) ? Optional.ofNullable(ASSETS.get(path)) : Optional.empty();
    }
}

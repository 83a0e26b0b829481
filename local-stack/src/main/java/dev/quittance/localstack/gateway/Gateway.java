package dev.quittance.localstack.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The local stack's one port. Services come and go under their names while it runs. */
public final class Gateway implements AutoCloseable {
    private static final String JWKS_PATH = "/auth/v1/.well-known/jwks.json";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int IDLE_SECONDS = 300;

    private final Options options;
    private final Vertx vertx;
    private final Forwarder forwarder;
    private final Map<String, URI> services = new ConcurrentHashMap<>();
    private @Nullable HttpServer server;

    /**
     * @param host what it listens on, {@code 127.0.0.1} unless others shall reach it
     * @param port 0 for a free one
     * @param jwks the public keys with which tokens of this stack are verified, asked for at each request
     */
    public record Options(String host, int port, Supplier<String> jwks) {
        public static final int PORT_DEFAULT = 8080;

        public Options {
            Objects.requireNonNull(host, "host is null");
            Objects.requireNonNull(jwks, "jwks is null");
        }

        public static Options of(int port, Supplier<String> jwks) {
            return new Options("127.0.0.1", port, jwks);
        }
    }

    public Gateway(Options options) {
        this.options = Objects.requireNonNull(options, "options is null");
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.forwarder = new Forwarder(vertx);
    }

    /**
     * From now on the paths of a service go there.
     *
     * @param service {@code ingest}, {@code provisioning}, {@code billing} or {@code voucher}
     * @param base scheme, host and port; nothing after them
     */
    public void route(String service, URI base) {
        if (!"http".equals(base.getScheme()) || base.getHost() == null || base.getPort() < 1) {
            throw new IllegalArgumentException("a service's base is http://host:port, not " + base);
        }
        services.put(service, base);
    }

    /** The service is gone: its paths answer 502 until it is routed again. */
    public void withdraw(String service) {
        services.remove(service);
    }

    /** Returns when it listens; fails with a sentence when it cannot. */
    public Gateway start() {
        HttpServerOptions listen = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setHandle100ContinueAutomatically(true)
                // One protocol on both sides: what a body's end looks like is then the same on both.
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(PathRules.TARGET_MAX + 200);
        server = await(
                vertx.createHttpServer(listen).requestHandler(this::handle).listen(),
                "the gateway cannot listen on port " + options.port());
        return this;
    }

    public String baseUrl() {
        if (server == null) {
            throw new IllegalStateException("the gateway is not started");
        }
        String host = options.host().equals("0.0.0.0") ? "127.0.0.1" : options.host();
        return "http://" + host + ":" + server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close(), "the gateway does not stop");
    }

    private void handle(HttpServerRequest request) {
        String target = request.uri();
        if (!PathRules.isPlain(target)) {
            Problem.PATH_REFUSED.send(
                    request.response(), "No ';', backslash, '//', dot segment or encoded form of these.");
            return;
        }
        String path = PathRules.pathOf(target);
        if (path.equals(JWKS_PATH)) {
            sendKeys(request);
            return;
        }
        SampleShop.Asset asset = SampleShop.at(request.method(), path).orElse(null);
        if (asset != null) {
            asset.send(request);
            return;
        }
        String service = Routes.ownerOf(path).orElse(null);
        if (service == null) {
            Problem.PATH_UNKNOWN.send(request.response(), "Paths begin with /api/ or are /shop/.");
            return;
        }
        URI base = services.get(service);
        if (base == null) {
            Problem.SERVICE_DOWN.send(request.response(), "Service: " + service + ".");
            return;
        }
        forwarder.forward(request, service, base);
    }

    private void sendKeys(HttpServerRequest request) {
        try {
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "public, max-age=60")
                    .end(options.jwks().get());
        } catch (RuntimeException e) {
            Problem.KEYS_UNAVAILABLE.send(request.response(), "The issuer is not ready.");
        }
    }

    private static <T> T await(Future<T> future, String otherwise) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(otherwise + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(otherwise, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(otherwise, e);
        }
    }
}

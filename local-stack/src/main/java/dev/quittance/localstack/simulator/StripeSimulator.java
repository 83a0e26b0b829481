package dev.quittance.localstack.simulator;

import dev.quittance.localstack.simulator.webhook.RetryPolicy;
import dev.quittance.localstack.simulator.webhook.WebhookEndpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stripe on one machine: start it, point stripe-java's API base at {@link #baseUrl()}, and its webhooks come to the endpoints.
 * It keeps nothing on disk; closing it loses open sessions and events not yet delivered.
 */
public final class StripeSimulator implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Options options;
    private final Vertx vertx;
    private final SimulatorVerticle verticle;

    /**
     * @param port 0 for a free one
     * @param apiKey what clients must send
     * @param endpoints where events are posted; may be empty
     * @param seed the same seed makes the same ids: never repeat one over data that is kept, or old ids come again with other bodies
     */
    public record Options(
            int port,
            String apiKey,
            List<WebhookEndpoint> endpoints,
            long seed,
            InstantSource clock,
            RetryPolicy retries) {
        public Options {
            Objects.requireNonNull(clock, "clock is null");
            Objects.requireNonNull(retries, "retries is null");
            endpoints = List.copyOf(endpoints);
            if (apiKey.isBlank()) {
                throw new IllegalArgumentException("apiKey is blank");
            }
        }

        /** What the launcher wants: a seed of its own for each run, the system's clock, Stripe's retries scaled down. */
        public static Options of(int port, String apiKey, URI webhookUrl, String webhookSecret) {
            return new Options(
                    port,
                    apiKey,
                    List.of(new WebhookEndpoint(webhookUrl, webhookSecret)),
                    new SecureRandom().nextLong(),
                    InstantSource.system(),
                    RetryPolicy.SCALED_DOWN);
        }

        public Options withSeed(long other) {
            return new Options(port, apiKey, endpoints, other, clock, retries);
        }

        public Options withClock(InstantSource other) {
            return new Options(port, apiKey, endpoints, seed, other, retries);
        }

        public Options withRetries(RetryPolicy other) {
            return new Options(port, apiKey, endpoints, seed, clock, other);
        }

        @Override
        public String toString() {
            return "Options[port=" + port + ", endpoints=" + endpoints + "]";
        }
    }

    public StripeSimulator(Options options) {
        this.options = Objects.requireNonNull(options, "options is null");
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.verticle = new SimulatorVerticle(options);
    }

    /** Returns when it listens; fails with a sentence when it cannot. */
    public StripeSimulator start() {
        await(vertx.deployVerticle(verticle), "the Stripe simulator cannot listen on port " + options.port());
        return this;
    }

    public String baseUrl() {
        if (verticle.port() == 0) {
            throw new IllegalStateException("the Stripe simulator is not started");
        }
        return url(verticle.port());
    }

    @Override
    public void close() {
        await(vertx.close(), "the Stripe simulator does not stop");
    }

    static String url(int port) {
        return "http://" + HOST + ":" + port;
    }

    private static void await(Future<?> future, String otherwise) {
        try {
            future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
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

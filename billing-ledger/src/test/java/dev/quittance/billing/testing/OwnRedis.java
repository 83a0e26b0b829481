package dev.quittance.billing.testing;

import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.redis.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Redis that a test may take away. */
public final class OwnRedis implements QuarkusTestResourceLifecycleManager {
    @SuppressWarnings("NullAway.Init")
    private static volatile RedisServer server;

    private static volatile @Nullable Process process;

    /** Starts it, empty. */
    public static void begin() {
        Process started = server.command().start();
        process = started;
        server.awaitReady(started);
    }

    /** Kills it. */
    public static void end() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("own-redis");
            server = new RedisServer(directory, directory.resolve("redis.log"), Ports.free());
            begin();
            Runtime.getRuntime().addShutdownHook(new Thread(OwnRedis::end));
            return Map.of("quarkus.redis.hosts", server.url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        end();
    }
}

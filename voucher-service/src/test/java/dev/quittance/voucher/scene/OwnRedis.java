package dev.quittance.voucher.scene;

import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.redis.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Redis that a test may take away. Its initial arguments are configuration that outweighs what other resources give. */
public final class OwnRedis implements QuarkusTestResourceLifecycleManager {
    private static volatile @Nullable RedisServer server;
    private static volatile @Nullable Process process;

    private static final int AFTER_THE_OTHERS = 10;

    private Map<String, String> arguments = Map.of();

    /** Starts it, empty. */
    public static void begin() {
        RedisServer own = server;
        if (own != null) {
            Process started = own.command().start();
            process = started;
            own.awaitReady(started);
        }
    }

    /** Kills it. */
    public static void end() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void init(Map<String, String> initArgs) {
        arguments = Map.copyOf(initArgs);
    }

    @Override
    public int order() {
        return AFTER_THE_OTHERS;
    }

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("own-redis");
            RedisServer own = new RedisServer(directory, directory.resolve("redis.log"), Ports.free());
            server = own;
            begin();
            Runtime.getRuntime().addShutdownHook(new Thread(OwnRedis::end));
            Map<String, String> configuration = new HashMap<>(arguments);
            configuration.put("quarkus.redis.hosts", own.url());
            return configuration;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        end();
    }
}

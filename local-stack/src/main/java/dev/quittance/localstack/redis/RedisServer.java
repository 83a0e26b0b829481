package dev.quittance.localstack.redis;

import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/** One Redis without persistence: it only ever holds what Postgres knows better. */
public final class RedisServer {
    public static final String NAME = "redis";
    private static final Duration READY_MAX = Duration.ofSeconds(60);
    private static final String MEMORY_MAX = "64mb";

    private final Path directory;
    private final Path log;
    private final int port;

    public RedisServer(Path directory, Path log, int port) {
        this.directory = directory.toAbsolutePath();
        this.log = log;
        this.port = port;
    }

    public String url() {
        return "redis://" + Ports.LOOPBACK + ":" + port;
    }

    public Command command() {
        List<String> words = List.of(
                program().toString(),
                "--bind",
                Ports.LOOPBACK,
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory",
                MEMORY_MAX,
                "--maxmemory-policy",
                "allkeys-lru",
                "--dir",
                directory.toString());
        return new Command(NAME, words, Map.of(), directory, log);
    }

    public void awaitReady(Process process) {
        Await.ready("Redis", process, READY_MAX, () -> Ports.accepts(port));
    }

    /** The library unpacks into a temporary folder at each call; ours keeps one copy beside the data. */
    private Path program() {
        try {
            Files.createDirectories(directory);
            Path program = directory.resolve("redis-server");
            if (!Files.exists(program)) {
                Path draft = directory.resolve("redis-server.new");
                Path unpacked = ExecutableProvider.newJarResourceProvider(directory.toFile())
                        .get()
                        .toPath();
                Files.move(unpacked, draft, StandardCopyOption.REPLACE_EXISTING);
                if (!draft.toFile().setExecutable(true)) {
                    throw new IOException("cannot make executable: " + draft);
                }
                Files.move(draft, program, StandardCopyOption.ATOMIC_MOVE);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack Redis: " + e.getMessage(), e);
        }
    }
}

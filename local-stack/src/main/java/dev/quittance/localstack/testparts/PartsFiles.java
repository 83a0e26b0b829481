package dev.quittance.localstack.testparts;

import dev.quittance.localstack.process.Checkout;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/** Where tests of all modules find the running parts, and the lock that keeps two from starting them at once. */
final class PartsFiles {
    private static final Duration LOCK_PAUSE = Duration.ofMillis(50);

    private final Path folder;

    PartsFiles(Checkout checkout) {
        this.folder = checkout.root().resolve("target/test-parts");
    }

    Path folder() {
        return folder;
    }

    Path log() {
        return folder.resolve("parts.log");
    }

    /** The port of the background JVM, when one has announced itself. */
    Optional<Integer> port() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(announcement())) {
            properties.load(reader);
            return Optional.ofNullable(properties.getProperty("port")).map(Integer::valueOf);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void announce(int port) {
        Properties properties = new Properties();
        properties.setProperty("port", Integer.toString(port));
        try {
            Path draft = folder.resolve("parts.draft");
            try (Writer writer = Files.newBufferedWriter(draft)) {
                properties.store(writer, null);
            }
            Files.move(draft, announcement(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void withdraw() {
        try {
            Files.deleteIfExists(announcement());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> T locked(Supplier<T> action) {
        try {
            Files.createDirectories(folder);
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel);
                return action.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds until the channel is closed. Two class loaders of one JVM (Quarkus has several) meet as an exception, not as a wait. */
    private static void lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                channel.lock();
                return;
            } catch (OverlappingFileLockException e) {
                dev.quittance.localstack.process.Await.pause(LOCK_PAUSE);
            }
        }
    }

    private Path announcement() {
        return folder.resolve("parts.properties");
    }
}

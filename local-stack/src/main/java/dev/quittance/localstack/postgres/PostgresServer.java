package dev.quittance.localstack.postgres;

import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Folders;
import dev.quittance.localstack.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One PostgreSQL, as durable as in production: what the local stack proves about crashes must not rest on luck.
 * The postmaster is our direct child, so that its death is seen at once.
 */
public final class PostgresServer {
    public static final String NAME = "postgres";
    public static final String SUPERUSER = "postgres";
    public static final String MAINTENANCE_DATABASE = "postgres";
    private static final Duration INIT_MAX = Duration.ofSeconds(120);
    private static final Duration READY_MAX = Duration.ofSeconds(120);
    private static final int CONNECTIONS_MAX = 120;
    private static final int LOCKS_PER_TRANSACTION_MAX = 256;

    private final Path home;
    private final Path folder;
    private final Path data;
    private final Path log;
    private final String password;
    private final int port;

    /**
     * @param folder holds the data directory; made when it is not there, recovered by PostgreSQL itself when it was left by a
     *     crash
     * @param password the superuser's; it must be the one that the data directory was made with
     */
    public PostgresServer(Checkout checkout, Path folder, Path log, String password, int port) {
        this.home = PostgresBinaries.unpack(checkout.root().resolve("local-stack/target/postgres"));
        this.folder = folder.toAbsolutePath();
        this.data = this.folder.resolve("data");
        this.log = log;
        this.password = password;
        this.port = port;
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + port + "/" + database;
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password);
    }

    /** Makes the data directory when there is none. A half-made one never takes the name. */
    public void initialise() {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Path draft = folder.resolve("data.new");
        Path passwordFile = folder.resolve("password.new");
        try {
            Folders.delete(draft);
            Files.createDirectories(folder);
            Files.writeString(passwordFile, password);
            Process initdb = new Command(NAME, initdb(draft, passwordFile), Map.of(), folder, log).start();
            if (!initdb.waitFor(INIT_MAX.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                    || initdb.exitValue() != 0) {
                initdb.destroyForcibly();
                throw new IllegalStateException("initdb failed; see " + log);
            }
            Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            Folders.delete(passwordFile);
        }
    }

    public Command command() {
        PostmasterFile.deleteStale(data.resolve("postmaster.pid"));
        List<String> words = new ArrayList<>(NotAsRoot.prefix());
        words.add(program("postgres"));
        words.addAll(List.of("-D", data.toString()));
        settings().forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return new Command(NAME, words, Map.of("LC_ALL", "C", "TZ", "UTC"), folder, log);
    }

    public void awaitReady(Process process) {
        Await.ready("Postgres", process, READY_MAX, this::accepts);
    }

    /** Ends all sessions and stops: Postgres calls it fast. SIGTERM would wait for its clients. */
    public static void stop(Process process) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean accepts() {
        if (!Ports.accepts(port)) {
            return false; // nobody listens yet; asking the driver would cost a thread and an exception
        }
        try (Connection connection = connect(MAINTENANCE_DATABASE)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private List<String> initdb(Path draft, Path passwordFile) {
        List<String> words = new ArrayList<>(NotAsRoot.prefix());
        words.add(program("initdb"));
        words.addAll(List.of("-D", draft.toString(), "-U", SUPERUSER, "--pwfile", passwordFile.toString()));
        words.addAll(List.of("-A", "scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions"));
        words.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"));
        return words;
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("listen_addresses", Ports.LOOPBACK),
                Map.entry("port", Integer.toString(port)),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", Integer.toString(CONNECTIONS_MAX)),
                Map.entry("max_locks_per_transaction", Integer.toString(LOCKS_PER_TRANSACTION_MAX)),
                Map.entry("shared_buffers", "128MB"),
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("jit", "off"));
    }

    private String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}

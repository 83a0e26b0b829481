package dev.quittance.localstack.stack;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.identity.TokenIssuer;
import dev.quittance.localstack.kafka.ConsumerGroups;
import dev.quittance.localstack.process.Leftovers;
import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.supervisor.Supervisor;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The whole product, running. Needs Kafka's client library on the class path; the broker, the databases and the
 * services run in processes of their own, from the checkout's {@code target} folders.
 */
public final class LocalStack implements AutoCloseable {
    private static final Duration CONSUMING_MAX = Duration.ofSeconds(120);

    private final StackOptions options;
    private final StateFolder state;
    private final Supervisor supervisor;
    private final Map<Slice, ServiceProcess> services = new EnumMap<>(Slice.class);
    private final long startedNanos = System.nanoTime();
    private volatile @Nullable Doors doors;
    private volatile Map<String, String> environment = Map.of();
    private volatile boolean isOurs;

    public LocalStack(StackOptions options) {
        this.options = options;
        this.state = new StateFolder(options.state());
        this.supervisor = new Supervisor(state.processes(), options.tell(), InstantSource.system());
    }

    /** Starts a stack and returns when its services consume; on a failure nothing of it is left. */
    public static LocalStack start(StackOptions options) {
        LocalStack stack = new LocalStack(options);
        stack.start();
        return stack;
    }

    public void start() {
        claim();
        try {
            Secrets secrets = Secrets.open(state.secrets(), new SecureRandom());
            Parts parts = new Parts(options, state, secrets);
            Doors opened = Doors.open(options.gatewayPort(), secrets, System.getenv());
            doors = opened;
            startParts(parts);
            startServices(new ServiceEnvironment(parts, secrets, opened.stripe(), opened.gatewayUrl()), opened);
            awaitConsuming(parts);
            environment = StackEnvironment.of(opened, parts, secrets, services);
            state.writeEnvironment(environment);
        } catch (CompletionException e) {
            close();
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            close();
            throw failure(e);
        }
    }

    /** KEY=VALUE, as {@code ./quittance env} prints them. */
    public Map<String, String> env() {
        return new TreeMap<>(environment);
    }

    /** Kills a process as a crash would ({@code postgres}, {@code kafka}, {@code redis}, or a service's module name). */
    public void kill(String component) {
        supervisor.kill(component);
    }

    /**
     * Replaces a service as a cluster does: another one starts beside it and takes over when it is ready; the old one
     * finishes what it has in hand and ends.
     */
    public void roll(String module) {
        Doors opened = doors;
        Map.Entry<Slice, ServiceProcess> running = services.entrySet().stream()
                .filter(entry -> entry.getKey().module().equals(module))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service is called " + module));
        if (opened == null) {
            throw new IllegalStateException("the stack does not run");
        }
        ServiceProcess next = running.getValue().another();
        supervisor.replace(
                next.component(HttpClient.newHttpClient()), () -> opened.route(running.getKey(), next.url()));
        running.setValue(next);
        environment = StackEnvironment.moved(environment, running.getKey(), next);
        state.writeEnvironment(environment);
    }

    /** The process of a component as it runs now. */
    public Optional<Process> process(String component) {
        return supervisor.process(component);
    }

    /** Returns when every service consumes all its partitions, for instance after a kill. */
    public void awaitConsuming() {
        awaitConsuming(env().getOrDefault(StackEnvironment.KAFKA_BOOTSTRAP, ""));
    }

    /** Completes with a sentence when the stack cannot be kept running. */
    public CompletableFuture<String> failure() {
        return supervisor.failure();
    }

    /** Signs tokens that this stack's services accept. */
    public TokenIssuer tokens() {
        return tokens(state, environment);
    }

    /** The same for a stack that another process runs. */
    public static TokenIssuer tokens(StateFolder state, Map<String, String> environment) {
        return ServiceEnvironment.tokens(
                Secrets.open(state.secrets(), new SecureRandom()),
                environment.getOrDefault(StackEnvironment.GATEWAY_URL, ""));
    }

    /** Whether there is anything to close. */
    public boolean isOpen() {
        return isOurs;
    }

    /** Ends what this object has started, and nothing of another's. */
    @Override
    public synchronized void close() {
        if (!isOurs) {
            return;
        }
        isOurs = false;
        state.deleteEnvironment();
        supervisor.close();
        Doors opened = doors;
        if (opened != null) {
            doors = null;
            opened.close();
        }
        state.processes().forget(StateFolder.LAUNCHER);
    }

    /** Nobody else runs in this folder, nothing of an earlier run does, and all that will be needed is there. */
    private void claim() {
        Leftovers processes = state.processes();
        if (processes.find(StateFolder.LAUNCHER).isPresent()) {
            throw new StackFailure("the stack is running already; ./quittance down ends it.");
        }
        List<String> left = processes.killAll();
        if (!left.isEmpty()) {
            options.tell().accept("Ended what an earlier run left behind: " + String.join(", ", left) + ".");
        }
        if (options.gatewayPort() != 0 && !Ports.isFree(options.gatewayPort())) {
            throw new StackFailure("port " + options.gatewayPort()
                    + " is in use by another program; end that one, or choose another port with --port.");
        }
        options.services().forEach(slice -> Installed.requireBuilt(options.checkout(), slice));
        Parts.requireMatch(state);
        state.prepare();
        List.of("postgres", "kafka", "redis").forEach(state::turnLog);
        options.services().forEach(slice -> state.turnLog(slice.module()));
        state.deleteEnvironment();
        processes.remember(StateFolder.LAUNCHER, ProcessHandle.current());
        isOurs = true;
    }

    private void startParts(Parts parts) {
        inParallel(List.of(
                () -> ready("Kafka", () -> parts.startKafka(supervisor)),
                () -> ready("Postgres and its migrations", () -> parts.startPostgres(supervisor)),
                () -> ready("Redis", () -> parts.startRedis(supervisor))));
    }

    private void startServices(ServiceEnvironment told, Doors opened) {
        HttpClient http = HttpClient.newHttpClient();
        List<Runnable> starts = new ArrayList<>();
        for (Slice slice : options.services()) {
            Path jar = Installed.install(options.checkout(), slice, state);
            ServiceProcess service = new ServiceProcess(slice, options, jar, state.log(slice.module()), told.of(slice));
            services.put(slice, service);
            opened.route(slice, service.url());
            starts.add(() -> ready(slice.module(), () -> supervisor.start(service.component(http))));
        }
        inParallel(starts);
    }

    private void awaitConsuming(Parts parts) {
        ready("All consumers", () -> awaitConsuming(parts.kafkaBootstrap()));
    }

    private void awaitConsuming(String bootstrapServers) {
        List<String> groups = options.services().stream().map(Slice::module).toList();
        ConsumerGroups.awaitAssigned(bootstrapServers, "", groups, CONSUMING_MAX);
    }

    private void ready(String what, Runnable start) {
        start.run();
        long millis = (System.nanoTime() - startedNanos) / 1_000_000;
        options.tell().accept("%4d.%d s  %s".formatted(millis / 1000, millis % 1000 / 100, what));
    }

    private static void inParallel(List<Runnable> actions) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(actions.stream()
                            .map(action -> CompletableFuture.runAsync(action, threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }

    private StackFailure failure(Throwable cause) {
        if (cause instanceof StackFailure known) {
            return known;
        }
        return new StackFailure(
                cause.getMessage() + "; the logs are in " + state.root().resolve("logs"), cause);
    }
}

package dev.quittance.localstack.testparts;

import dev.quittance.localstack.database.DatabaseStore;
import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Migrations;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.kafka.KafkaServer;
import dev.quittance.localstack.kafka.KafkaTopics;
import dev.quittance.localstack.postgres.PostgresServer;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Leftovers;
import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.redis.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Postgres, Kafka and Redis of the background JVM, and what tests ask of them. */
final class RunningParts {
    private static final int TOPIC_PARTITIONS_MAX = 3;

    private final Leftovers leftovers;
    private final Migrations migrations;
    private final PostgresServer postgres;
    private final DatabaseStore databaseStore;
    private final KafkaServer kafka;
    private final RedisServer redis;
    private final Map<Slice, Login> logins;
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private final Set<String> templates = new HashSet<>();
    private final AtomicInteger databases = new AtomicInteger();

    RunningParts(Checkout checkout, Path data, Leftovers leftovers) {
        this.leftovers = leftovers;
        this.migrations = new Migrations(checkout);
        this.postgres = new PostgresServer(
                checkout, data.resolve("postgres"), data.resolve("postgres.log"), secret(), Ports.free());
        this.databaseStore = new DatabaseStore(postgres);
        this.kafka = new KafkaServer(
                checkout, data.resolve("kafka"), data.resolve("kafka.log"), Ports.free(), leftovers.directory());
        this.redis = new RedisServer(data.resolve("redis"), data.resolve("redis.log"), Ports.free());
        this.logins = Arrays.stream(Slice.values())
                .collect(Collectors.toMap(Function.identity(), slice -> new Login(slice.login(), secret())));
    }

    void start() {
        Process kafkaProcess = start(kafka.command());
        Process redisProcess = start(redis.command());
        postgres.initialise();
        Process postgresProcess = start(postgres.command());
        postgres.awaitReady(postgresProcess);
        redis.awaitReady(redisProcess);
        kafka.awaitReady(kafkaProcess);
    }

    void kill() {
        List<Process> ending = new ArrayList<>(processes);
        ending.forEach(Process::destroyForcibly);
        ending.forEach(process -> process.onExit().join());
        leftovers.killAll();
    }

    Properties addresses() {
        Properties properties = new Properties();
        properties.setProperty("kafka", kafka.bootstrapServers());
        properties.setProperty("redis", redis.url());
        return properties;
    }

    void createTopics(String prefix) {
        KafkaTopics.create(kafka.bootstrapServers(), prefix, TOPIC_PARTITIONS_MAX);
    }

    /** Migrating takes seconds and copying a migrated database does not: so each set of migrations runs once. */
    synchronized TestDatabase createDatabase(List<Slice> asked) {
        List<Slice> slices = Slice.withUpstream(asked);
        String template = "template_" + migrations.fingerprint(slices);
        String name = "test_" + databases.incrementAndGet();
        if (!templates.contains(template)) {
            databaseStore.recreate(template);
            migrations.run(postgres.jdbcUrl(template), superuser(), slices);
            databaseStore.setPasswords(logins.values());
            templates.add(template);
        }
        databaseStore.copy(template, name);
        return new TestDatabase(Ports.LOOPBACK + ":" + postgres.port(), name, superuser(), logins);
    }

    private Login superuser() {
        return new Login(PostgresServer.SUPERUSER, postgres.password());
    }

    private Process start(Command command) {
        Process process = command.start();
        processes.add(process);
        leftovers.remember(command.name(), process.toHandle());
        return process;
    }

    private static String secret() {
        return UUID.randomUUID().toString();
    }
}

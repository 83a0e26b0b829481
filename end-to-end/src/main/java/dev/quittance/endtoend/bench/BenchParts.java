package dev.quittance.endtoend.bench;

import dev.quittance.localstack.database.DatabaseStore;
import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Migrations;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.kafka.KafkaServer;
import dev.quittance.localstack.kafka.KafkaTopics;
import dev.quittance.localstack.postgres.PostgresServer;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Folders;
import dev.quittance.localstack.process.Leftovers;
import dev.quittance.localstack.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A Postgres and a Kafka that nobody else uses, with the settings of the local stack. Their data goes with them. */
final class BenchParts implements AutoCloseable {
    private static final String TEMPLATE = "bench_template";
    private static final String FOLDER = ".quittance/bench";

    private final Checkout checkout;
    private final Path folder;
    private final Leftovers leftovers;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final DatabaseStore databases;
    private final ArmStore arms;
    private final Slice slice;
    private final Login service;
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private int made;

    private BenchParts(Checkout checkout, Slice slice) {
        this.checkout = checkout;
        this.slice = slice;
        this.service = new Login(slice.login(), secret());
        this.folder = checkout.root().resolve(FOLDER);
        this.leftovers = new Leftovers(folder.resolve("run"));
        this.postgres = new PostgresServer(
                checkout, data().resolve(PostgresServer.NAME), log(PostgresServer.NAME), secret(), Ports.free());
        this.kafka = new KafkaServer(
                checkout, data().resolve(KafkaServer.NAME), log(KafkaServer.NAME), Ports.free(), leftovers.directory());
        this.databases = new DatabaseStore(postgres);
        this.arms = new ArmStore(postgres);
    }

    /** @param slice whose service is measured */
    static BenchParts start(Checkout checkout, Slice slice) {
        BenchParts parts = new BenchParts(checkout, slice);
        parts.leftovers.killAll();
        Folders.delete(parts.folder);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(parts::close));
        Process kafkaProcess = parts.start(parts.kafka.command());
        parts.postgres.initialise();
        parts.postgres.awaitReady(parts.start(parts.postgres.command()));
        parts.createTemplate();
        parts.kafka.awaitReady(kafkaProcess);
        return parts;
    }

    Checkout checkout() {
        return checkout;
    }

    ArmStore arms() {
        return arms;
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    Path log(String name) {
        return folder.resolve("logs").resolve(name + ".log");
    }

    Path file(String name) {
        return data().resolve(name);
    }

    ArmDatabase newDatabase() {
        return copy(TEMPLATE);
    }

    /** One that is the same; nobody may be connected to it. */
    ArmDatabase copyOf(ArmDatabase database) {
        return copy(database.name());
    }

    /** The topics of a run that is to be alone on the broker. */
    void makeTopics(String prefix) {
        KafkaTopics.create(kafka.bootstrapServers(), prefix, 1);
    }

    private ArmDatabase copy(String template) {
        String name = "arm_" + ++made;
        databases.copy(template, name);
        arms.checkpoint();
        return new ArmDatabase(Ports.LOOPBACK, postgres.port(), name, service);
    }

    Process start(Command command) {
        Process process = command.start();
        processes.put(command.name(), process);
        leftovers.remember(command.name(), process.toHandle());
        return process;
    }

    /** The processes of each part, with all of Postgres' own: writers and checkpointer work for the arms too. */
    Map<String, Supplier<Stream<Long>>> processIds() {
        Map<String, Supplier<Stream<Long>>> ids = new HashMap<>();
        ids.put("bench", () -> Stream.of(ProcessHandle.current().pid()));
        for (String name : List.of(PostgresServer.NAME, KafkaServer.NAME, ServiceArm.NAME, PgbenchArm.NAME)) {
            ids.put(
                    name,
                    () -> processes.entrySet().stream()
                            .filter(process -> isPart(process.getKey(), name))
                            .flatMap(process -> family(process.getValue())));
        }
        return ids;
    }

    /** Several clients of one kind are numbered. */
    private static boolean isPart(String process, String name) {
        return process.equals(name) || process.startsWith(name + "-");
    }

    private static Stream<Long> family(Process root) {
        return Stream.concat(Stream.of(root.toHandle()), root.descendants()).map(ProcessHandle::pid);
    }

    /** What a program of ours says in a process of its own, which has the compiler that services have. */
    String run(Class<?> program) {
        List<String> words = List.of(
                Checkout.java(), "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), program.getName());
        Path log = log(program.getSimpleName());
        try {
            if (start(new Command(program.getSimpleName(), words, Map.of(), data(), log))
                            .waitFor()
                    != 0) {
                throw new BenchFailure(program.getSimpleName() + " failed; see " + log);
            }
            return Files.readString(log).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
        processes.values().forEach(process -> process.onExit().join());
        leftovers.killAll();
        Folders.delete(data());
    }

    private void createTemplate() {
        databases.recreate(TEMPLATE);
        Login superuser = new Login(PostgresServer.SUPERUSER, postgres.password());
        new Migrations(checkout).run(postgres.jdbcUrl(TEMPLATE), superuser, Slice.withUpstream(List.of(slice)));
        databases.setPasswords(List.of(service));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static String secret() {
        return UUID.randomUUID().toString();
    }
}

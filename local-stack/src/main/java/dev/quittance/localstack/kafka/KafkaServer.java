package dev.quittance.localstack.kafka;

import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;

/** One Kafka in a JVM of its own, with settings that bring it back quickly after it was killed. */
public final class KafkaServer {
    public static final String NAME = "kafka";
    private static final int HEAP_MEBIBYTES = 256;
    private static final Duration READY_MAX = Duration.ofSeconds(120);
    private static final String OFFSETS_PARTITIONS = "8";
    private static final String GUARDED = "GUARDED";

    private final Checkout checkout;
    private final Path directory;
    private final Path log;
    private final int port;
    private final int controllerPort;
    private final Path run;
    private final OptionalInt guardedPort;

    /** @param run where this process remembers its children; Kafka ends them and itself when this process is killed */
    public KafkaServer(Checkout checkout, Path directory, Path log, int port, Path run) {
        this(checkout, directory, log, port, run, OptionalInt.empty());
    }

    private KafkaServer(Checkout checkout, Path directory, Path log, int port, Path run, OptionalInt guardedPort) {
        this.guardedPort = guardedPort;
        this.checkout = checkout;
        this.directory = directory.toAbsolutePath();
        this.log = log;
        this.port = port;
        this.controllerPort = Ports.free();
        this.run = run.toAbsolutePath();
    }

    /**
     * One with a second door, at which {@link BrokerUsers} log in and may do what they have a right to, as in a cluster. At the first
     * door, which is the stack's own, nobody is asked and everything is allowed.
     */
    public static KafkaServer guarded(Checkout checkout, Path directory, Path log, int port, Path run) {
        return new KafkaServer(checkout, directory, log, port, run, OptionalInt.of(Ports.free()));
    }

    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    /** Where users log in. */
    public String guardedServers() {
        return Ports.LOOPBACK + ":"
                + guardedPort.orElseThrow(() -> new IllegalStateException("this broker asks nobody who they are"));
    }

    public Command command() {
        List<String> words = new ArrayList<>(checkout.java(HEAP_MEBIBYTES));
        words.addAll(List.of("-cp", checkout.localStackClassPath(), KafkaNode.class.getName()));
        words.add(writeSettings().toString());
        return new Command(NAME, words, Map.of(), directory, log);
    }

    public void awaitReady(Process process) {
        Await.ready("Kafka", process, READY_MAX, () -> Ports.accepts(port));
        KafkaTopics.awaitBroker(bootstrapServers(), READY_MAX);
    }

    private Path writeSettings() {
        Properties settings = new Properties();
        settings.putAll(identity());
        settings.putAll(sizes());
        settings.putAll(recovery());
        if (guardedPort.isPresent()) {
            settings.putAll(guard());
        }
        settings.setProperty(
                KafkaNode.PARENT, Long.toString(ProcessHandle.current().pid()));
        settings.setProperty(KafkaNode.RUN_FOLDER, run.toString());
        return write("kafka.properties", settings);
    }

    private Map<String, String> identity() {
        String here = Ports.LOOPBACK + ":";
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(KafkaNode.NODE_ID),
                "controller.quorum.voters",
                KafkaNode.NODE_ID + "@" + here + controllerPort,
                "controller.listener.names",
                KafkaNode.CONTROLLER_LISTENER,
                "listeners",
                "PLAINTEXT://" + here + port + ",CONTROLLER://" + here + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://" + here + port,
                "log.dirs",
                directory.resolve("log").toString(),
                "auto.create.topics.enable",
                "false");
    }

    /** Who comes by the first door is nobody by name, and may do anything: so is the broker itself. */
    private Map<String, String> guard() {
        String doors = "PLAINTEXT://" + bootstrapServers() + "," + GUARDED + "://" + guardedServers();
        return Map.ofEntries(
                Map.entry("listeners", doors + ",CONTROLLER://" + Ports.LOOPBACK + ":" + controllerPort),
                Map.entry("advertised.listeners", doors),
                Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT," + GUARDED + ":SASL_PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("sasl.enabled.mechanisms", BrokerUser.MECHANISM),
                Map.entry(
                        "listener.name.guarded.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("allow.everyone.if.no.acl.found", "false"),
                Map.entry("super.users", "User:ANONYMOUS"));
    }

    /** One broker, one developer: less of everything that costs memory or threads. */
    private static Map<String, String> sizes() {
        return Map.ofEntries(
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", OFFSETS_PARTITIONS),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "2"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("num.recovery.threads.per.data.dir", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("group.initial.rebalance.delay.ms", "0"));
    }

    /** After a kill the controller waits for the old session's end before the broker may register again. */
    private static Map<String, String> recovery() {
        return Map.of("broker.session.timeout.ms", "1000", "broker.heartbeat.interval.ms", "300");
    }

    private Path write(String name, Properties properties) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(name);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

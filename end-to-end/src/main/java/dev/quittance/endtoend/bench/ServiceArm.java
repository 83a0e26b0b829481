package dev.quittance.endtoend.bench;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The packaged billing service, as its own process, draining a topic from its beginning. */
final class ServiceArm {
    static final String NAME = Topics.BILLING;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration STANDSTILL_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(20);
    /** As deployed: the compiler at its full strength, and the collector that costs least on two cores. */
    private static final List<String> JVM_FLAGS =
            List.of("-Xms256m", "-Xmx256m", "-Xmn128m", "-XX:SurvivorRatio=3", "-XX:+UseSerialGC");

    private static final String CHANNELS = "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_";

    private final BenchParts parts;
    private final Map<String, String> settings;
    private final AtomicInteger groups = new AtomicInteger();

    ServiceArm(BenchParts parts) {
        this(parts, Map.of());
    }

    /** @param settings of its environment, beside what it needs */
    ServiceArm(BenchParts parts, Map<String, String> settings) {
        this.parts = parts;
        this.settings = Map.copyOf(settings);
    }

    static void requireBuilt(Checkout checkout) {
        if (!Files.exists(jar(checkout))) {
            throw new BenchFailure(NAME + " is not packaged; ./quittance bench builds what is missing.");
        }
    }

    /** Drains a topic from its beginning. Returns when so many events are committed and the process has ended. */
    void drain(ArmDatabase database, String topicPrefix, int events, int pollMax) {
        drain(database, topicPrefix, newGroup(), pollMax, List.of(events));
    }

    /** What makes a run start at the topic's beginning. */
    String newGroup() {
        return "bench-" + groups.incrementAndGet();
    }

    /**
     * Drains a topic from where the group is. Postgres writes a checkpoint whenever it has come to the next of the numbers.
     *
     * @param group consumer group
     * @param events numbers of events in all, ascending; when the last is committed the process is ended
     */
    void drain(ArmDatabase database, String topicPrefix, String group, int pollMax, List<Integer> events) {
        Process process = parts.start(command(database, topicPrefix, group, pollMax));
        try {
            for (int stage : events) {
                await(process, database, stage);
                parts.arms().checkpoint();
            }
        } finally {
            stop(process);
        }
    }

    private void await(Process process, ArmDatabase database, int events) {
        long posted = 0;
        long movedAt = System.nanoTime();
        while (posted < events) {
            Await.pause(PAUSE);
            long now = parts.arms().countPosted(database.name());
            if (now != posted) {
                posted = now;
                movedAt = System.nanoTime();
            }
            if (!process.isAlive()) {
                throw new BenchFailure(
                        "the billing service ended with exit code " + process.exitValue() + "; see " + log());
            }
            if (System.nanoTime() - movedAt > STANDSTILL_MAX.toNanos()) {
                throw new BenchFailure(
                        "the billing service stands still at " + posted + " of " + events + " events; see " + log());
            }
        }
        Await.pause(PAUSE); // The last transaction was counted before its commit.
    }

    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().onExit().join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private Command command(ArmDatabase database, String topicPrefix, String group, int pollMax) {
        List<String> words = new ArrayList<>();
        words.add(Checkout.java());
        words.addAll(JVM_FLAGS);
        words.addAll(Checkout.openJdkFlags());
        words.addAll(List.of("-jar", jar(parts.checkout()).toString()));
        Path directory = parts.checkout().root().resolve(NAME);
        return new Command(NAME, words, environment(database, topicPrefix, group, pollMax), directory, log());
    }

    private Map<String, String> environment(ArmDatabase database, String topicPrefix, String group, int pollMax) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", parts.bootstrapServers());
        environment.put("QUITTANCE_TOPIC_PREFIX", topicPrefix);
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.login().user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.login().password());
        environment.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(Ports.free()));
        environment.put("QUARKUS_MANAGEMENT_HOST", Ports.LOOPBACK);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(Ports.free()));
        environment.put("QUITTANCE_JWKS_URL", "http://" + Ports.LOOPBACK + ":1/jwks.json");
        environment.put("QUITTANCE_JWT_ISSUER", "http://" + Ports.LOOPBACK + ":1");
        environment.putAll(settings);
        environment.put(CHANNELS + "GROUP_ID", group);
        environment.put(CHANNELS + "MAX_POLL_RECORDS", Integer.toString(pollMax));
        return environment;
    }

    private Path log() {
        return parts.log(NAME);
    }

    private static Path jar(Checkout checkout) {
        return checkout.root().resolve(Slice.BILLING.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }
}

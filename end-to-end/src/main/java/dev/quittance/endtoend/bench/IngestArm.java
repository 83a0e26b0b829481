package dev.quittance.endtoend.bench;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Ports;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The packaged webhook-ingest, as its own process. */
final class IngestArm {
    private static final String NAME = Topics.INGEST;
    private static final Duration READY_MAX = Duration.ofSeconds(120);
    /** As deployed. */
    private static final List<String> JVM_FLAGS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");

    private static final String NOBODY = "http://" + Ports.LOOPBACK + ":1";

    private final BenchParts parts;
    private final String secret = "whsec_" + UUID.randomUUID().toString().replace("-", "");

    IngestArm(BenchParts parts) {
        this.parts = parts;
    }

    static void requireBuilt(Checkout checkout) {
        if (!Files.exists(jar(checkout))) {
            throw new BenchFailure(NAME + " is not packaged; ./quittance bench builds what is missing.");
        }
    }

    String secret() {
        return secret;
    }

    Running start() {
        ArmDatabase database = parts.newDatabase();
        String prefix = database.name() + ".";
        int port = Ports.free();
        int management = Ports.free();
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", parts.bootstrapServers());
        environment.put("QUITTANCE_TOPIC_PREFIX", prefix);
        environment.put("QUITTANCE_STRIPE_WEBHOOK_SECRETS", secret);
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.login().user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.login().password());
        environment.put("QUARKUS_REDIS_HOSTS", "redis://" + Ports.LOOPBACK + ":1");
        environment.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", Ports.LOOPBACK);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        environment.put("QUITTANCE_JWKS_URL", NOBODY + "/jwks.json");
        environment.put("QUITTANCE_JWT_ISSUER", NOBODY);
        List<String> words = new ArrayList<>();
        words.add(Checkout.java());
        words.addAll(JVM_FLAGS);
        words.addAll(Checkout.openJdkFlags());
        words.addAll(List.of("-jar", jar(parts.checkout()).toString()));
        parts.makeTopics(prefix);
        Process process = parts.start(
                new Command(NAME, words, environment, parts.checkout().root().resolve(NAME), parts.log(NAME)));
        Await.ready(NAME, process, READY_MAX, () -> Ports.accepts(port));
        return new Running(process, new InetSocketAddress(Ports.LOOPBACK, port));
    }

    /** The service while it runs. */
    record Running(Process process, InetSocketAddress address) implements AutoCloseable {
        @Override
        public void close() {
            ServiceArm.stop(process);
        }
    }

    private static Path jar(Checkout checkout) {
        return checkout.root().resolve(Slice.INGEST.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }
}

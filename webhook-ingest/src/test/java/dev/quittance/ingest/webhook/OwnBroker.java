package dev.quittance.ingest.webhook;

import dev.quittance.localstack.kafka.KafkaServer;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A broker of the test's own, which it may kill. It is not running when the application starts. */
public final class OwnBroker implements QuarkusTestResourceLifecycleManager {
    private @Nullable KafkaServer server;
    private @Nullable Process process;

    @Override
    public Map<String, String> start() {
        Path home = Path.of("target", "own-broker-" + ProcessHandle.current().pid());
        server = new KafkaServer(Checkout.find(), home, home.resolve("kafka.log"), Ports.free(), home);
        return Map.of("kafka.bootstrap.servers", server.bootstrapServers());
    }

    @Override
    public void inject(TestInjector testInjector) {
        testInjector.injectIntoFields(this, new TestInjector.MatchesType(OwnBroker.class));
    }

    @Override
    public void stop() {
        kill();
    }

    void run() {
        KafkaServer broker = Objects.requireNonNull(server, "not started");
        process = broker.command().start();
        broker.awaitReady(process);
    }

    void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}

package dev.quittance.ingest.edge;

import dev.quittance.localstack.testparts.TestParts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Topics, and nobody where the database and Redis should be. */
public final class OnlyABroker implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        TestParts parts = TestParts.get();
        String prefix = TestParts.topicPrefix();
        TestParts.createTopics(prefix);
        return Map.of(
                "kafka.bootstrap.servers",
                parts.kafka(),
                "QUITTANCE_TOPIC_PREFIX",
                prefix,
                "quarkus.redis.hosts",
                "redis://127.0.0.1:1",
                "quarkus.datasource.reactive.url",
                "postgresql://127.0.0.1:1/none");
    }

    @Override
    public void stop() {
        // The topics go when the build ends.
    }
}

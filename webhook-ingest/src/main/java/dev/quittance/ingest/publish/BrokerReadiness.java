package dev.quittance.ingest.publish;

import dev.quittance.ingest.config.IngestConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready is who can take an event: the broker answers and knows both topics. Liveness does not ask, since no restart of ours brings
 * a broker back; the channels' own checks are off because they would stay down after an outage.
 */
@Readiness
@Singleton
final class BrokerReadiness implements HealthCheck {
    private static final String NAME = "broker";

    private final Admin admin;
    private final List<String> topics;
    private final Duration timeout;

    BrokerReadiness(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            @ConfigProperty(name = "mp.messaging.outgoing.stripe-events.topic") String events,
            @ConfigProperty(name = "mp.messaging.outgoing.stripe-set-aside.topic") String setAside,
            IngestConfig config) {
        this.timeout = config.readinessTimeout();
        this.topics = List.of(events, setAside);
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        this.admin = Admin.create(settings);
    }

    @Override
    public HealthCheckResponse call() {
        try {
            admin.describeTopics(topics, new DescribeTopicsOptions().timeoutMs((int) timeout.toMillis()))
                    .allTopicNames()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return HealthCheckResponse.up(NAME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HealthCheckResponse.down(NAME);
        } catch (ExecutionException | TimeoutException e) {
            return HealthCheckResponse.down(NAME);
        }
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ZERO);
    }
}

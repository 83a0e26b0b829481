package dev.quittance.localstack.kafka;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that the contracts name; a broker never makes one by itself. */
public final class KafkaTopics {
    private static final short REPLICAS = 1;
    private static final int DEAD_LETTER_PARTITIONS = 1;
    private static final Duration CREATE_MAX = Duration.ofSeconds(30);

    private KafkaTopics() {}

    /** Makes every topic of the contracts under the prefix; those that exist stay as they are. */
    public static void create(String bootstrapServers, String prefix, int partitionsMax) {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : Topics.all()) {
            int partitions = Math.min(topic.partitions(), partitionsMax);
            topics.add(new NewTopic(prefix + topic.name(), partitions, REPLICAS));
            topic.groups().stream()
                    .map(group -> new NewTopic(prefix + topic.deadLetters(group), DEAD_LETTER_PARTITIONS, REPLICAS))
                    .forEach(topics::add);
        }
        try (Admin admin = admin(bootstrapServers)) {
            admin.createTopics(topics).values().values().forEach(KafkaTopics::awaitCreated);
        }
    }

    private static void awaitCreated(KafkaFuture<Void> created) {
        try {
            created.get(CREATE_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("cannot create the topics: " + e.getMessage(), e);
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("cannot create the topics in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static void awaitBroker(String bootstrapServers, Duration atMost) {
        try (Admin admin = admin(bootstrapServers)) {
            admin.describeCluster().nodes().get(atMost.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 20,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200));
    }
}

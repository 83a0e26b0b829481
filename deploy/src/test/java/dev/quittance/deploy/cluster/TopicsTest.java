package dev.quittance.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The brokers have the topics that the services were built for. */
class TopicsTest {
    @Test
    void theTopicsAreThoseOfTheContracts() {
        // Given
        Map<String, Integer> expected = new TreeMap<>();
        for (Topic topic : Topics.all()) {
            expected.put(topic.name(), topic.partitions());
            topic.groups().forEach(group -> expected.put(topic.deadLetters(group), 1));
        }

        // When
        Map<String, Integer> topics = new TreeMap<>();
        Cluster.objects(KafkaTopic.class)
                .forEach(topic -> topics.put(
                        topic.getMetadata().getName(), topic.getSpec().getPartitions()));

        // Then
        assertThat(topics).isEqualTo(expected);
    }

    @Test
    void anAcknowledgedRecordIsOnTwoOfThreeBrokers() {
        assertThat(Cluster.objects(KafkaTopic.class)).allSatisfy(topic -> {
            assertThat(topic.getSpec().getReplicas()).isEqualTo(3);
            assertThat(topic.getSpec().getConfig())
                    .containsEntry("min.insync.replicas", 2)
                    .containsEntry("cleanup.policy", "delete");
        });
    }
}

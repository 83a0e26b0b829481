package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.deploy.model.Keda.ScaledObject;
import dev.quittance.deploy.model.Keda.Trigger;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Consumers grow by what waits for them, and never beyond what a topic can feed. */
class ScalingTest {
    private static final String PRODUCTION = "production";

    @Test
    void aConsumerNeverHasMorePodsThanATopicHasPartitions() {
        assertThat(Chart.objects(PRODUCTION, ScaledObject.class)).hasSize(3).allSatisfy(scaled -> {
            int fewest = scaled.spec().triggers().stream()
                    .mapToInt(trigger -> topic(trigger).partitions())
                    .min()
                    .orElseThrow();
            assertThat(scaled.spec().maxReplicaCount()).isLessThanOrEqualTo(fewest);
            // The relay of the outbox lives there too.
            assertThat(scaled.spec().minReplicaCount()).isPositive();
        });
    }

    @Test
    void everyTopicThatAGroupReadsCounts() {
        // Given
        List<String> read = Topics.all().stream()
                .flatMap(topic -> topic.groups().stream()
                        // The door grows by what is posted to it, whatever else it reads.
                        .filter(group -> !group.equals(Topics.INGEST))
                        .map(group -> group + " " + topic.name()))
                .toList();

        // When
        List<String> counted = Chart.objects(PRODUCTION, ScaledObject.class).stream()
                .flatMap(scaled -> scaled.spec().triggers().stream())
                .map(trigger -> trigger.metadata().get("consumerGroup") + " "
                        + trigger.metadata().get("topic"))
                .toList();

        // Then
        assertThat(counted).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void thePrefixIsBeforeTopicsAndGroups() {
        assertThat(Chart.objects("external-kafka", ScaledObject.class))
                .flatExtracting(scaled -> scaled.spec().triggers())
                .allSatisfy(trigger -> {
                    assertThat(trigger.metadata().get("topic")).startsWith("shop.");
                    assertThat(trigger.metadata().get("consumerGroup")).startsWith("shop.");
                });
    }

    @Test
    void noDeploymentHasTwoMasters() {
        // When
        List<String> scaled = Stream.concat(
                        Chart.objects(PRODUCTION, ScaledObject.class).stream()
                                .map(object -> object.spec().scaleTargetRef().name()),
                        Chart.objects(PRODUCTION, HorizontalPodAutoscaler.class).stream()
                                .map(object ->
                                        object.getSpec().getScaleTargetRef().getName()))
                .toList();

        // Then
        assertThat(scaled).doesNotHaveDuplicates().hasSize(4);
        assertThat(Chart.objects(PRODUCTION, io.fabric8.kubernetes.api.model.apps.Deployment.class))
                .allSatisfy(deployment ->
                        assertThat(deployment.getSpec().getReplicas()).isNull());
    }

    @Test
    void aDrainNeverTakesAll() {
        assertThat(Chart.objects(PRODUCTION, PodDisruptionBudget.class))
                .hasSize(4)
                .allSatisfy(budget -> assertThat(budget.getSpec().getMaxUnavailable())
                        .isEqualTo(new io.fabric8.kubernetes.api.model.IntOrString(1)));
        assertThat(Chart.objects(PRODUCTION, ScaledObject.class))
                .allSatisfy(
                        scaled -> assertThat(scaled.spec().minReplicaCount()).isGreaterThanOrEqualTo(2));
    }

    private static Topic topic(Trigger trigger) {
        return Topics.all().stream()
                .filter(topic -> topic.name().equals(trigger.metadata().get("topic")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such topic among "
                        + new TreeSet<>(Topics.all().stream().map(Topic::name).collect(Collectors.toSet()))));
    }
}

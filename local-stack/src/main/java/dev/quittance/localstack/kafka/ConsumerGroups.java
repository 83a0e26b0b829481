package dev.quittance.localstack.kafka;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.process.Await;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether the services consume already: a service is healthy before its first partition is assigned, and what is sent
 * until then waits.
 */
public final class ConsumerGroups {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private ConsumerGroups() {}

    /** Returns when every partition that one of the groups reads is assigned to one of its members. */
    public static void awaitAssigned(
            String bootstrapServers, String prefix, Collection<String> groups, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try (Admin admin = KafkaTopics.admin(bootstrapServers)) {
            for (String group : groups) {
                Set<TopicPartition> missing = missing(admin, prefix, group);
                while (!missing.isEmpty()) {
                    if (System.nanoTime() > deadline) {
                        throw new IllegalStateException(group + " does not consume " + missing.size()
                                + " partitions, of them " + missing.iterator().next());
                    }
                    Await.pause(PAUSE);
                    missing = missing(admin, prefix, group);
                }
            }
        }
    }

    private static Set<TopicPartition> missing(Admin admin, String prefix, String group) {
        Set<TopicPartition> missing = new HashSet<>();
        for (Topic topic : Topics.all()) {
            for (int partition = 0; topic.groups().contains(group) && partition < topic.partitions(); partition++) {
                missing.add(new TopicPartition(prefix + topic.name(), partition));
            }
        }
        if (!missing.isEmpty()) {
            missing.removeAll(assigned(admin, prefix + group));
        }
        return missing;
    }

    /** A group that Kafka does not know yet has nothing. */
    private static Set<TopicPartition> assigned(Admin admin, String group) {
        try {
            Map<String, KafkaFuture<ConsumerGroupDescription>> described =
                    admin.describeConsumerGroups(List.of(group)).describedGroups();
            return requireNonNull(described.get(group)).get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS).members().stream()
                    .flatMap(member -> member.assignment().topicPartitions().stream())
                    .collect(Collectors.toSet());
        } catch (ExecutionException | TimeoutException e) {
            return Set.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

package dev.quittance.endtoend.verify;

import dev.quittance.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Counts what was given up. The tables stay the judge: without a broker the answer is only that nobody could look. */
final class DeadLetterLook {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final String SENTENCE = "no event was given up";

    private final String bootstrapServers;

    DeadLetterLook(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    Finding find() {
        Properties properties = new Properties();
        properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(ANSWER_MAX.toMillis()));
        properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(ANSWER_MAX.toMillis()));
        try (Admin admin = Admin.create(properties)) {
            List<String> given = new ArrayList<>();
            count(admin).forEach((topic, records) -> given.add(topic + " holds " + records));
            return finding(given);
        } catch (ExecutionException | TimeoutException e) {
            return finding(List.of("the broker at " + bootstrapServers + " does not answer"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Map<String, Long> count(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> there = admin.listTopics().names().get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
        List<String> topics =
                Topics.allDeadLetters().stream().filter(there::contains).toList();
        Map<TopicPartition, OffsetSpec> ends =
                admin
                        .describeTopics(topics)
                        .allTopicNames()
                        .get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)
                        .values()
                        .stream()
                        .flatMap(DeadLetterLook::partitions)
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<String, Long> counts = new TreeMap<>();
        admin.listOffsets(ends)
                .all()
                .get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)
                .forEach((partition, end) -> {
                    if (end.offset() > 0) {
                        counts.merge(partition.topic(), end.offset(), Long::sum);
                    }
                });
        return counts;
    }

    private static java.util.stream.Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }

    private static Finding finding(List<String> offenders) {
        return new Finding(
                SENTENCE, offenders.isEmpty() ? Finding.Verdict.OK : Finding.Verdict.WARNING, offenders, false);
    }
}

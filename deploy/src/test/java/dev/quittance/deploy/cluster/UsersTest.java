package dev.quittance.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whoever gets hold of one service's login can write what that service writes, read what it reads, and nothing else. */
class UsersTest {
    static final List<String> SERVICES = List.of(Topics.INGEST, Topics.PROVISIONING, Topics.BILLING, Topics.VOUCHER);
    private static final Pattern READ = Pattern.compile(
            "mp\\.messaging\\.incoming\\.[a-z-]+\\.topic=\\$\\{quittance\\.delivery\\.topic-prefix:}(\\S+)");
    private static final Pattern GROUP = Pattern.compile(
            "group\\.id=\\$\\{quittance\\.(?:delivery\\.)?topic-prefix:?}(?:([a-z-]+)|\\$\\{quittance\\.delivery\\.group})");

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceMayDoWhatItDoes(String service) throws IOException {
        // Given
        Path file = Cluster.ROOT.resolve(service).resolve("src/main/resources/application.properties");
        String properties = Files.readString(file);
        TreeSet<String> expected = new TreeSet<>();
        for (Topic topic : Topics.all()) {
            if (topic.owner().equals(service)) {
                add(expected, "topic", topic.name(), "Write", "Describe");
            }
            if (topic.groups().contains(service)) {
                add(expected, "topic", topic.name(), "Read", "Describe");
                add(expected, "topic", topic.deadLetters(service), "Write", "Describe");
            }
        }
        READ.matcher(properties).results().forEach(topic -> add(expected, "topic", topic.group(1), "Read", "Describe"));
        GROUP.matcher(properties)
                .results()
                .forEach(group -> add(expected, "group", group.group(1) == null ? service : group.group(1), "Read"));

        if (service.equals(Topics.INGEST)) {
            // It brings dead letters into a table, and puts them back where they came from.
            Topics.allDeadLetters().forEach(letters -> add(expected, "topic", letters, "Read", "Describe"));
            Topics.all().forEach(topic -> add(expected, "topic", topic.name(), "Write", "Describe"));
        }

        // When
        Set<String> allowed = allowed("quittance-" + service);

        // Then
        assertThat(allowed).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void kedaMayReadNothing() {
        assertThat(allowed("quittance-keda")).isNotEmpty().allMatch(rule -> rule.endsWith(" Describe"));
    }

    private static void add(Set<String> rules, String type, String name, String... operations) {
        for (String operation : operations) {
            rules.add(type + " " + name + " " + operation);
        }
    }

    private static Set<String> allowed(String user) {
        KafkaUserAuthorizationSimple authorization = Cluster.objects(KafkaUser.class).stream()
                .filter(found -> found.getMetadata().getName().equals(user))
                .map(found -> (KafkaUserAuthorizationSimple) found.getSpec().getAuthorization())
                .findFirst()
                .orElseThrow();
        TreeSet<String> allowed = new TreeSet<>();
        for (AclRule rule : authorization.getAcls()) {
            for (AclOperation operation : rule.getOperations()) {
                allowed.add(resource(rule) + " " + operation.toValue());
            }
        }
        return allowed;
    }

    private static String resource(AclRule rule) {
        return switch (rule.getResource()) {
            case AclRuleTopicResource topic -> "topic " + topic.getName();
            case AclRuleGroupResource group -> "group " + group.getName();
            default -> "something else";
        };
    }
}

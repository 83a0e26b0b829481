package dev.quittance.endtoend.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.quittance.localstack.kafka.BrokerUser;
import dev.quittance.localstack.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The KafkaUsers of k8s/, as Strimzi's user operator makes them: a right for each operation, from any host. */
public final class ClusterUsers {
    private static final String FILE = "k8s/40-users.yaml";

    private ClusterUsers() {}

    /** Each with a password of its own, made up anew. */
    public static List<BrokerUser> read() {
        YAMLMapper yaml = new YAMLMapper();
        try (YAMLParser parser = yaml.getFactory()
                .createParser(Checkout.find().root().resolve(FILE).toFile())) {
            List<BrokerUser> users = new ArrayList<>();
            yaml.readValues(parser, JsonNode.class).forEachRemaining(document -> {
                if (document.path("kind").asText().equals("KafkaUser")) {
                    users.add(user(document));
                }
            });
            return users;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BrokerUser user(JsonNode document) {
        String name = document.path("metadata").path("name").asText();
        List<AclBinding> rights = new ArrayList<>();
        for (JsonNode rule : document.path("spec").path("authorization").path("acls")) {
            JsonNode resource = rule.path("resource");
            ResourcePattern pattern = new ResourcePattern(
                    ResourceType.valueOf(upper(resource.path("type"))),
                    resource.path("name").asText(),
                    PatternType.valueOf(upper(resource.path("patternType"))));
            for (JsonNode operation : rule.path("operations")) {
                rights.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                "User:" + name, "*", AclOperation.valueOf(upper(operation)), AclPermissionType.ALLOW)));
            }
        }
        return new BrokerUser(name, UUID.randomUUID().toString(), rights);
    }

    private static String upper(JsonNode text) {
        return text.asText().toUpperCase(Locale.ROOT);
    }
}

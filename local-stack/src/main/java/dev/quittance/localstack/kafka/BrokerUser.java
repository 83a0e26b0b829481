package dev.quittance.localstack.kafka;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A login of a guarded broker and all that it may do there, as a cluster's KafkaUser has it.
 *
 * @param name also the name of the Secret that a cluster keeps it in
 */
public record BrokerUser(String name, String password, List<AclBinding> rights) {
    static final String MECHANISM = "SCRAM-SHA-512";
    private static final String LOGIN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";";

    public BrokerUser {
        requireNonNull(name, "name is null");
        requireNonNull(password, "password is null");
        rights = List.copyOf(rights);
    }

    /** The name of a service's user, which the chart asks for by the service's name. */
    public static String nameOf(String service) {
        return "quittance-" + service;
    }

    /** What a client is told beside the address, under Kafka's own names. */
    public Map<String, String> settings() {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                LOGIN.formatted(name, password));
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return name + " with " + rights.size() + " rights";
    }
}

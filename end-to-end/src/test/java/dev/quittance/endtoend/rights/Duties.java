package dev.quittance.endtoend.rights;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a service does at the broker.
 *
 * @param writes which topics
 * @param reads which topics, by the group in which it reads them
 */
record Duties(Set<String> writes, Map<String, Set<String>> reads) {
    static Duties of(String service) {
        Set<String> writes = new TreeSet<>();
        Map<String, Set<String>> reads = new TreeMap<>();
        for (Topic topic : Topics.all()) {
            if (topic.owner().equals(service)) {
                writes.add(topic.name());
            }
            if (topic.groups().contains(service)) {
                reads.computeIfAbsent(service, _ -> new TreeSet<>()).add(topic.name());
                writes.add(topic.deadLetters(service));
            }
        }
        if (service.equals(Topics.INGEST)) {
            // Dead letters are brought into a table, and put back where they came from when an operator says so.
            reads.put("webhook-ingest-letters", new TreeSet<>(Topics.allDeadLetters()));
            Topics.all().forEach(topic -> writes.add(topic.name()));
        }
        if (service.equals(Topics.PROVISIONING)) {
            reads.put(
                    "provisioning-stream",
                    Set.of(Topics.PROVISIONING_EVENTS, Topics.BILLING_EVENTS, Topics.VOUCHER_EVENTS));
        }
        return new Duties(writes, reads);
    }

    Set<String> readAs(String group) {
        return reads.getOrDefault(group, Set.of());
    }

    boolean isRead(String topic) {
        return reads.values().stream().anyMatch(topics -> topics.contains(topic));
    }
}

package dev.quittance.contracts.topic;

import java.util.List;

/**
 * One topic of Kafka as every part agrees on it.
 *
 * @param name the topic's name, {@code <owner>.<plural noun>.v<n>}
 * @param owner the one service that writes it
 * @param partitions fixed for the topic's life: changing it breaks the order of a key
 * @param key what the record key is made of, hence what keeps its order
 * @param groups the consumer groups that read it; each has its own dead letter topic
 */
public record Topic(String name, String owner, int partitions, String key, List<String> groups) {
    public Topic {
        groups = List.copyOf(groups);
    }

    /** Where {@code group} lays what it gave up on. */
    public String deadLetters(String group) {
        return Topics.deadLetters(name, group);
    }
}

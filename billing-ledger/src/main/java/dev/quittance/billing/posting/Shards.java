package dev.quittance.billing.posting;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Which shard of the house accounts an event posts to: the number of its partition, found from its key as the producer
 * found it. Two consumers never share a partition, so they seldom wait for each other's balances.
 */
public final class Shards {
    private static final int PARTITIONS = Topics.all().stream()
            .filter(topic -> topic.name().equals(Topics.STRIPE_EVENTS))
            .mapToInt(Topic::partitions)
            .findFirst()
            .orElseThrow();

    private Shards() {}

    public static int of(@Nullable String recordKey) {
        return recordKey == null
                ? 0
                : Utils.toPositive(Utils.murmur2(recordKey.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
    }
}

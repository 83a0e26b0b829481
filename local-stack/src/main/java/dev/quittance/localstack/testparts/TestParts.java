package dev.quittance.localstack.testparts;

import dev.quittance.localstack.database.Slice;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The embedded Postgres, Kafka and Redis, for tests. The first caller of a build starts them in the background; they
 * end with the build.
 *
 * @param kafka bootstrap servers
 * @param redis URL
 */
public record TestParts(String kafka, String redis) {
    private static final int PREFIX_LENGTH = 12;

    public static TestParts get() {
        Properties parts = PartsClient.running().ask("/parts", Map.of());
        return new TestParts(parts.getProperty("kafka"), parts.getProperty("redis"));
    }

    /** A new database with these slices and everything upstream of them migrated. */
    public static TestDatabase database(Slice... slices) {
        String names = Arrays.stream(slices).map(Slice::name).collect(Collectors.joining(","));
        return TestDatabase.from(PartsClient.running().ask("/database", Map.of("slices", names)));
    }

    /** A prefix that no other test uses, for topics and consumer groups. */
    public static String topicPrefix() {
        return "t" + UUID.randomUUID().toString().replace("-", "").substring(0, PREFIX_LENGTH) + ".";
    }

    /** Makes every topic of the contracts, with at most three partitions each. */
    public static void createTopics(String prefix) {
        PartsClient.running().ask("/topics", Map.of("prefix", prefix));
    }
}

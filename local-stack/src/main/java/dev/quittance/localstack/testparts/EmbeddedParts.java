package dev.quittance.localstack.testparts;

import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Slice;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Gives the application under test its own database, as its slice's login, and its own topics. Initial argument:
 * {@code slice=billing}; without it there are topics only. With {@code through=voucher} the slices up to that one are there too.
 */
public final class EmbeddedParts implements QuarkusTestResourceLifecycleManager {
    /** Configuration key for tests: a JDBC URL of the application's database as superuser. */
    public static final String SUPERUSER_JDBC_URL = "quittance.test.superuser-jdbc-url";

    public static final String TOPIC_PREFIX = "QUITTANCE_TOPIC_PREFIX";

    private Map<String, String> arguments = Map.of();

    @Override
    public void init(Map<String, String> initArgs) {
        arguments = Map.copyOf(initArgs);
    }

    @Override
    public Map<String, String> start() {
        TestParts parts = TestParts.get();
        String prefix = TestParts.topicPrefix();
        TestParts.createTopics(prefix);
        Map<String, String> configuration = new HashMap<>();
        configuration.put("kafka.bootstrap.servers", parts.kafka());
        configuration.put("KAFKA_BOOTSTRAP_SERVERS", parts.kafka());
        configuration.put(TOPIC_PREFIX, prefix);
        configuration.put("quittance.test.redis-url", parts.redis());
        configuration.put("quarkus.redis.hosts", parts.redis());
        String slice = arguments.get("slice");
        if (slice != null) {
            configuration.putAll(database(slice(slice), slice(arguments.getOrDefault("through", slice))));
        }
        return configuration;
    }

    @Override
    public void stop() {
        // The database and the topics go when the build ends; until then a failed test can be looked at.
    }

    private static Slice slice(String name) {
        return Slice.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Map<String, String> database(Slice slice, Slice last) {
        TestDatabase database = TestParts.database(slice, last);
        Login login = database.serviceLogin(slice);
        return Map.of(
                "quarkus.datasource.reactive.url",
                database.reactiveUrl(),
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                database.reactiveUrl(),
                "quarkus.datasource.username",
                login.user(),
                "quarkus.datasource.password",
                login.password(),
                SUPERUSER_JDBC_URL,
                database.jdbcUrl(database.superuser()));
    }
}

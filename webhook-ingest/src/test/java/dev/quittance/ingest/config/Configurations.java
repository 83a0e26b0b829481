package dev.quittance.ingest.config;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The configuration without a container: the defaults, and what a test sets. */
public final class Configurations {
    private static final int PRIORITY = 200;

    private Configurations() {}

    public static IngestConfig with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(IngestConfig.class)
                .withConverter(Duration.class, PRIORITY, new DurationConverter())
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(IngestConfig.class);
    }
}

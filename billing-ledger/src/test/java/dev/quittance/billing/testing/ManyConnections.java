package dev.quittance.billing.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Lets 32 transactions run at the same time. */
public final class ManyConnections implements QuarkusTestResourceLifecycleManager {
    public static final int CONNECTIONS = 32;

    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.datasource.reactive.max-size", String.valueOf(CONNECTIONS + 8));
    }

    @Override
    public void stop() {
        // There is nothing to stop.
    }
}

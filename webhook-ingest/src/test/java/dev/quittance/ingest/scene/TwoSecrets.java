package dev.quittance.ingest.scene;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Two endpoint secrets at once, as during a roll. */
public final class TwoSecrets implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quittance.ingest.webhook-secrets", Deliveries.SECRET + "," + Deliveries.NEXT_SECRET);
    }
}

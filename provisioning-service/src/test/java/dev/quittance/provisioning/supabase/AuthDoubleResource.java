package dev.quittance.provisioning.supabase;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the double the application's identity backend. */
public final class AuthDoubleResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable AuthDouble auth;

    @Override
    public Map<String, String> start() {
        auth = new AuthDouble();
        auth.fail(2, 0);
        return Map.of(
                "quittance.identity.backend",
                "supabase",
                "quittance.identity.supabase-url",
                auth.url(),
                "quittance.identity.supabase-service-key",
                AuthDouble.SERVICE_KEY);
    }

    @Override
    public void stop() {
        Objects.requireNonNull(auth).close();
    }
}

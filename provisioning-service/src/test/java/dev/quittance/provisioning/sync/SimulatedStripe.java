package dev.quittance.provisioning.sync;

import dev.quittance.localstack.simulator.StripeSimulator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stripe on this machine, without anybody who hears its webhooks. */
public final class SimulatedStripe implements QuarkusTestResourceLifecycleManager {
    public static final String API_KEY = "sk_test_provisioning";
    public static final String API_BASE = "quittance.stripe.api-base";
    private static final long SEED = 20_261_122;

    private @Nullable StripeSimulator simulator;

    @Override
    public Map<String, String> start() {
        StripeSimulator.Options some =
                StripeSimulator.Options.of(0, API_KEY, URI.create("http://localhost:1/unheard"), "whsec_unheard");
        simulator = new StripeSimulator(
                        new StripeSimulator.Options(0, API_KEY, List.of(), SEED, some.clock(), some.retries()))
                .start();
        return Map.of(
                API_BASE,
                simulator.baseUrl(),
                "quittance.stripe.api-key",
                API_KEY,
                "quittance.stripe.push-idle",
                "200ms");
    }

    @Override
    public void stop() {
        Objects.requireNonNull(simulator).close();
    }
}

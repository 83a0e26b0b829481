package dev.quittance.localstack.stack;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Stripe is: the simulator, or Stripe itself for who has a key.
 *
 * @param apiBase null for Stripe itself
 */
record StripeAccess(
        String apiKey, String webhookSecret, @Nullable String apiBase) {
    private static final String LIVE_KEY = "sk_live_";

    /** Stripe itself, when the environment has its key; {@code stripe listen} prints the webhook secret. */
    static @Nullable StripeAccess real(Map<String, String> environment, Secrets secrets) {
        String key = environment.getOrDefault("STRIPE_API_KEY", "");
        if (key.isBlank()) {
            return null;
        }
        String secret = environment.getOrDefault("STRIPE_WEBHOOK_SECRET", secrets.webhookSecret());
        return new StripeAccess(key, secret, null);
    }

    static StripeAccess simulated(Secrets secrets, String apiBase) {
        return new StripeAccess(secrets.stripeApiKey(), secrets.webhookSecret(), apiBase);
    }

    boolean isLive() {
        return apiKey.startsWith(LIVE_KEY);
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of("QUITTANCE_STRIPE_API_KEY", apiKey));
        if (apiBase != null) {
            environment.put("QUITTANCE_STRIPE_API_BASE", apiBase);
        }
        return environment;
    }

    @Override
    public String toString() {
        return apiBase == null ? "Stripe" : apiBase;
    }
}

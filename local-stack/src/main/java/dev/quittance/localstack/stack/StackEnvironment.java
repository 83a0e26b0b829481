package dev.quittance.localstack.stack;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.identity.TokenIssuer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a person or a program needs in order to use a running stack. */
final class StackEnvironment {
    static final String GATEWAY_URL = "GATEWAY_URL";
    static final String KAFKA_BOOTSTRAP = "KAFKA_BOOTSTRAP";

    private StackEnvironment() {}

    static Map<String, String> of(Doors doors, Parts parts, Secrets secrets, Map<Slice, ServiceProcess> services) {
        TokenIssuer tokens = ServiceEnvironment.tokens(secrets, doors.gatewayUrl());
        StripeAccess stripe = doors.stripe();
        Map<String, String> values = new TreeMap<>(Map.of(
                GATEWAY_URL,
                doors.gatewayUrl(),
                "PG_URL",
                parts.superuserUrl(),
                KAFKA_BOOTSTRAP,
                parts.kafkaBootstrap(),
                "REDIS_URL",
                parts.redisUrl(),
                "STRIPE_API_KEY",
                stripe.apiKey(),
                "STRIPE_WEBHOOK_SECRET",
                stripe.webhookSecret(),
                "ADMIN_TOKEN",
                tokens.adminToken(),
                "USER_TOKEN_COMMAND",
                "\"./quittance token\""));
        String apiBase = stripe.apiBase();
        values.put("STRIPE_API_BASE", apiBase == null ? "https://api.stripe.com" : apiBase);
        services.forEach((slice, service) -> put(values, slice, service));
        return values;
    }

    /** The same, with one service at another place. */
    static Map<String, String> moved(Map<String, String> environment, Slice slice, ServiceProcess service) {
        Map<String, String> values = new TreeMap<>(environment);
        put(values, slice, service);
        return values;
    }

    private static void put(Map<String, String> values, Slice slice, ServiceProcess service) {
        String name = slice.schema().toUpperCase(Locale.ROOT);
        values.put(name + "_URL", service.url().toString());
        values.put(name + "_MANAGEMENT_URL", service.managementUrl().toString());
    }
}

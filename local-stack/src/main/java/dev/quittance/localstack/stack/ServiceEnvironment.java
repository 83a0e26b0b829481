package dev.quittance.localstack.stack;

import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.identity.TokenIssuer;
import dev.quittance.localstack.process.Ports;
import java.util.HashMap;
import java.util.Map;

/** What each service is told by its environment: only its own login, and only the secrets that it needs. */
record ServiceEnvironment(Parts parts, Secrets secrets, StripeAccess stripe, String gatewayUrl) {
    Map<String, String> of(Slice slice) {
        Login login = secrets.logins().get(slice);
        if (login == null) {
            throw new IllegalStateException("no login for " + slice);
        }
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", parts.databaseUrl(),
                "QUARKUS_DATASOURCE_USERNAME", login.user(),
                "QUARKUS_DATASOURCE_PASSWORD", login.password(),
                "QUARKUS_REDIS_HOSTS", parts.redisUrl(),
                "QUITTANCE_JWKS_URL",
                        issuer(gatewayUrl).replace("localhost", Ports.LOOPBACK) + "/.well-known/jwks.json",
                "QUITTANCE_JWT_ISSUER", issuer(gatewayUrl)));
        environment.putAll(parts.kafkaAccess(slice));
        environment.putAll(own(slice));
        return environment;
    }

    static String issuer(String gatewayUrl) {
        return gatewayUrl + "/auth/v1";
    }

    static TokenIssuer tokens(Secrets secrets, String gatewayUrl) {
        return new TokenIssuer(secrets.tokenKey(), issuer(gatewayUrl), java.time.InstantSource.system());
    }

    private Map<String, String> own(Slice slice) {
        return switch (slice) {
            case INGEST -> ingest();
            case PROVISIONING -> stripe.environment();
            case BILLING -> billing();
            case VOUCHER -> Map.of("QUITTANCE_VOUCHER_PEPPER", secrets.voucherPepper());
        };
    }

    /** The buyer comes back to the sample shop, and links that are written down lead here. */
    private Map<String, String> billing() {
        Map<String, String> environment = new HashMap<>(stripe.environment());
        environment.put("QUITTANCE_PUBLIC_URL", gatewayUrl);
        secrets.downloadKey().ifPresent(key -> environment.put("QUITTANCE_DOWNLOAD_KEY", key));
        environment.put("QUITTANCE_CHECKOUT_SUCCESS_URL", gatewayUrl + "/shop/?session_id={CHECKOUT_SESSION_ID}");
        environment.put("QUITTANCE_CHECKOUT_CANCEL_URL", gatewayUrl + "/shop/");
        return environment;
    }

    private Map<String, String> ingest() {
        Map<String, String> environment = new HashMap<>(stripe.environment());
        environment.put("QUITTANCE_STRIPE_WEBHOOK_SECRETS", stripe.webhookSecret());
        environment.put("QUITTANCE_STRIPE_LIVEMODE", Boolean.toString(stripe.isLive()));
        return environment;
    }
}

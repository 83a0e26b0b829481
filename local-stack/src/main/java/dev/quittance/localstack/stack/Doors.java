package dev.quittance.localstack.stack;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.gateway.Gateway;
import dev.quittance.localstack.identity.TokenIssuer;
import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.simulator.StripeSimulator;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two that live in this JVM: the gateway, and the simulator unless Stripe itself is used. */
final class Doors implements AutoCloseable {
    private final Gateway gateway;
    private final String gatewayUrl;
    private final StripeAccess stripe;
    private final Optional<StripeSimulator> simulator;

    private Doors(Gateway gateway, String gatewayUrl, StripeAccess stripe, @Nullable StripeSimulator simulator) {
        this.gateway = gateway;
        this.gatewayUrl = gatewayUrl;
        this.stripe = stripe;
        this.simulator = Optional.ofNullable(simulator);
    }

    /** @param environment may hold the key for Stripe itself */
    static Doors open(int gatewayPort, Secrets secrets, Map<String, String> environment) {
        int port = gatewayPort == 0 ? Ports.free() : gatewayPort;
        String url = "http://localhost:" + port;
        TokenIssuer tokens = ServiceEnvironment.tokens(secrets, url);
        Gateway gateway = new Gateway(Gateway.Options.of(port, tokens::jwks)).start();
        StripeAccess real = StripeAccess.real(environment, secrets);
        if (real != null) {
            return new Doors(gateway, url, real, null);
        }
        int simulatorPort = Ports.free();
        StripeSimulator simulator = new StripeSimulator(StripeSimulator.Options.of(
                        simulatorPort,
                        secrets.stripeApiKey(),
                        URI.create("http://" + Ports.LOOPBACK + ":" + port + "/api/webhooks/stripe"),
                        secrets.webhookSecret()))
                .start();
        return new Doors(gateway, url, StripeAccess.simulated(secrets, simulator.baseUrl()), simulator);
    }

    String gatewayUrl() {
        return gatewayUrl;
    }

    StripeAccess stripe() {
        return stripe;
    }

    void route(Slice slice, URI service) {
        gateway.route(slice.schema(), service);
    }

    @Override
    public void close() {
        gateway.close();
        simulator.ifPresent(StripeSimulator::close);
    }
}

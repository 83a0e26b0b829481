package dev.quittance.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.contracts.stripe.EndpointRules;
import dev.quittance.contracts.stripe.StripeEndpoint;
import dev.quittance.localstack.simulator.StripeSimulator;
import dev.quittance.localstack.stack.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StripeEndpointsIT {
    private static final String KEY = "sk_test_endpoints";
    private static final String OURS = "http://127.0.0.1:1" + EndpointRules.PATH;

    private final HttpClient http = HttpClient.newHttpClient();
    private StripeSimulator simulator;
    private StripeEndpoints endpoints;

    @BeforeEach
    void start() {
        URI other = URI.create("http://127.0.0.1:2/another/hook");
        simulator =
                new StripeSimulator(StripeSimulator.Options.of(0, KEY, other, "whsec_endpoints_0123456789abc")).start();
        endpoints = new StripeEndpoints(http, simulator.baseUrl(), KEY);
    }

    @AfterEach
    void stop() {
        simulator.close();
        http.close();
    }

    @Test
    void anEndpointThatIsNotThereIsCreatedOnceAndIsSound() throws Exception {
        // When
        List<String> first = endpoints.mend(OURS);
        List<String> second = endpoints.mend(OURS);

        // Then
        assertThat(first).hasSize(2).element(1).asString().contains("QUITTANCE_STRIPE_WEBHOOK_SECRETS=whsec_");
        assertThat(second).isEmpty();
        assertThat(EndpointRules.findings(ours(), false)).isEmpty();
    }

    @Test
    void whatIsMissingIsEnabledAndWhatIsDisabledIsToldOfAgain() throws Exception {
        // Given
        post("", "url=" + OURS + "&api_version=2025-03-31.basil&enabled_events[]=charge.succeeded");
        StripeEndpoint made = ours().getFirst();

        // When
        List<String> mended = endpoints.mend(OURS);
        post("/" + made.id(), "disabled=true");
        boolean isDisabled = ours().getFirst().status().equals("disabled");
        List<String> enabled = endpoints.mend(OURS);

        // Then
        assertThat(mended).singleElement().asString().startsWith("enabled charge.captured, ");
        assertThat(isDisabled).isTrue();
        assertThat(enabled).singleElement().asString().contains("was disabled");
        assertThat(ours())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.id()).isEqualTo(made.id()));
        assertThat(EndpointRules.findings(ours(), false)).isEmpty();
    }

    @Test
    void aVersionIsToldAndLeft() throws Exception {
        // Given
        post("", "url=" + OURS + "&enabled_events[]=*");

        // When / Then
        assertThat(endpoints.mend(OURS)).singleElement().asString().startsWith("left as it is, version_unpinned");
    }

    @Test
    void aKeyThatMayNotIsTold() {
        // Given
        StripeEndpoints strangers = new StripeEndpoints(http, simulator.baseUrl(), "sk_test_other");

        // When / Then
        assertThatThrownBy(() -> strangers.mend(OURS))
                .isInstanceOf(StackFailure.class)
                .hasMessageStartingWith("Stripe answers 401");
    }

    private List<StripeEndpoint> ours() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/webhook_endpoints"))
                .header("Authorization", "Bearer " + KEY)
                .build();
        return EndpointRules.ours(
                StripeEndpoint.readList(http.send(request, HttpResponse.BodyHandlers.ofByteArray())
                        .body()),
                OURS);
    }

    private void post(String below, String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/webhook_endpoints" + below))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }
}

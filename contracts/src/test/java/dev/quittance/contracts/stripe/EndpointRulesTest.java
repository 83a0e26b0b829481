package dev.quittance.contracts.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointRulesTest {
    private static final String URL = "https://pay.example.com/api/webhooks/stripe";

    @Test
    void anEndpointThatTellsOfAllIsSound() {
        assertThat(findings(endpoint("enabled", "2025-03-31.basil", false, EndpointRules.EVENTS)))
                .isEmpty();
        assertThat(findings(endpoint("enabled", EndpointRules.VERSION_NEWEST, false, List.of("*"))))
                .isEmpty();
    }

    @Test
    void whatIsNotToldOfIsNamed() {
        // Given
        List<String> some = EndpointRules.EVENTS.stream()
                .filter(type -> !type.startsWith("refund."))
                .toList();

        // When
        List<EndpointRules.Finding> findings = findings(endpoint("enabled", "2025-03-31.basil", false, some));

        // Then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("events_missing");
            assertThat(finding.missing()).containsExactly("refund.created", "refund.failed", "refund.updated");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "disabled, 2025-03-31.basil, false, endpoint_disabled",
        "enabled, , false, version_unpinned",
        "enabled, 2027-01-01.elm, false, version_newer",
        "enabled, 2025-03-31.basil, true, livemode_differs"
    })
    void whatIsWrongHasACode(String status, @Nullable String version, boolean livemode, String code) {
        assertThat(findings(endpoint(status, version, livemode, List.of("*"))))
                .extracting(EndpointRules.Finding::code)
                .containsExactly(code);
    }

    @Test
    void noneAndSeveralAreTold() {
        // Given
        StripeEndpoint sound = endpoint("enabled", "2025-03-31.basil", false, List.of("*"));

        // When / Then
        assertThat(EndpointRules.findings(List.of(), false))
                .extracting(EndpointRules.Finding::code)
                .containsExactly("endpoint_missing");
        assertThat(EndpointRules.findings(List.of(sound, sound), false))
                .extracting(EndpointRules.Finding::code)
                .containsExactly("endpoint_repeated");
        assertThat(EndpointRules.ours(List.of(sound), "")).containsExactly(sound);
        assertThat(EndpointRules.ours(List.of(sound), "https://elsewhere.example.com" + EndpointRules.PATH))
                .isEmpty();
    }

    @Test
    void stripesListIsReadAndWhatIsNoneIsNothing() {
        // Given
        String list = """
                {"object":"list","data":[{"id":"we_1","object":"webhook_endpoint","api_version":null,
                "enabled_events":["charge.succeeded"],"livemode":false,"status":"enabled","url":"%s"}]}
                """.formatted(URL);

        // When / Then
        assertThat(StripeEndpoint.readList(list.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new StripeEndpoint("we_1", URL, "enabled", null, false, List.of("charge.succeeded")));
        assertThat(StripeEndpoint.readList("<html>".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static List<EndpointRules.Finding> findings(StripeEndpoint endpoint) {
        return EndpointRules.findings(EndpointRules.ours(List.of(endpoint), URL), false);
    }

    private static StripeEndpoint endpoint(
            String status, @Nullable String version, boolean livemode, List<String> events) {
        return new StripeEndpoint("we_1", URL, status, version, livemode, events);
    }
}

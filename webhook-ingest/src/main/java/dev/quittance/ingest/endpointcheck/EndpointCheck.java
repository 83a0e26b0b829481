package dev.quittance.ingest.endpointcheck;

import dev.quittance.contracts.stripe.EndpointRules;
import dev.quittance.contracts.stripe.EndpointRules.Finding;
import dev.quittance.contracts.stripe.StripeEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was found when Stripe was asked.
 *
 * @param endpoints the ids of those that post to us
 */
record EndpointCheck(Instant checkedAt, List<String> endpoints, List<Finding> findings) {
    EndpointCheck {
        endpoints = List.copyOf(endpoints);
        findings = List.copyOf(findings);
    }

    static EndpointCheck of(Instant now, List<StripeEndpoint> all, String url, boolean livemode) {
        List<StripeEndpoint> ours = EndpointRules.ours(all, url);
        return new EndpointCheck(
                now, ours.stream().map(StripeEndpoint::id).toList(), EndpointRules.findings(ours, livemode));
    }

    /** @param code why Stripe did not say */
    static EndpointCheck unanswered(Instant now, String code) {
        return new EndpointCheck(
                now,
                List.of(),
                List.of(new Finding(
                        "not_answered", "Stripe did not say which endpoints there are: " + code + ".", List.of())));
    }

    /** What differs between two of them that is worth a line. */
    String codes() {
        return findings.stream().map(Finding::code).sorted().collect(Collectors.joining(","));
    }
}

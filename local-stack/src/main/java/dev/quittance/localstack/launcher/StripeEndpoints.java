package dev.quittance.localstack.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quittance.contracts.stripe.EndpointRules;
import dev.quittance.contracts.stripe.StripeEndpoint;
import dev.quittance.localstack.stack.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The endpoints of an account at Stripe, and what is done to make one as this build needs it. */
final class StripeEndpoints {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final String ENDPOINTS = "/v1/webhook_endpoints";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String base;
    private final String key;

    StripeEndpoints(HttpClient http, String base, String key) {
        this.http = http;
        this.base = base;
        this.key = key;
    }

    /** What was done, a line each; empty when nothing was to be done. */
    List<String> mend(String url) throws IOException, InterruptedException {
        List<StripeEndpoint> ours = EndpointRules.ours(all(), url);
        if (ours.isEmpty()) {
            return create(url);
        }
        StripeEndpoint endpoint = ours.stream()
                .filter(each -> each.status().equals("enabled"))
                .findFirst()
                .orElse(ours.getFirst());
        List<EndpointRules.Finding> wrong = EndpointRules.findings(List.of(endpoint), endpoint.livemode());
        List<String> done = new ArrayList<>();
        for (EndpointRules.Finding finding : wrong) {
            switch (finding.code()) {
                case "events_missing" -> {
                    post(ENDPOINTS + "/" + endpoint.id(), events());
                    done.add("enabled " + String.join(", ", finding.missing()));
                }
                case "endpoint_disabled" -> {
                    post(ENDPOINTS + "/" + endpoint.id(), events() + "&disabled=false");
                    done.add("enabled " + endpoint.id() + ", which was disabled");
                }
                // A version is for an endpoint's life: only a new endpoint has another one.
                default -> done.add("left as it is, " + finding.code() + ": " + finding.detail());
            }
        }
        return done;
    }

    private List<StripeEndpoint> all() throws IOException, InterruptedException {
        return StripeEndpoint.readList(
                send(request(ENDPOINTS + "?limit=100").GET()).getBytes(StandardCharsets.UTF_8));
    }

    private List<String> create(String url) throws IOException, InterruptedException {
        JsonNode created = JSON.readTree(post(
                ENDPOINTS, "url=" + encoded(url) + "&api_version=" + EndpointRules.VERSION_NEWEST + "&" + events()));
        return List.of(
                "created " + created.path("id").asText() + " for " + url,
                "its secret, which Stripe tells only now: QUITTANCE_STRIPE_WEBHOOK_SECRETS="
                        + created.path("secret").asText());
    }

    private static String events() {
        return EndpointRules.EVENTS.stream()
                .map(type -> "enabled_events[]=" + encoded(type))
                .collect(Collectors.joining("&"));
    }

    private String post(String path, String form) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + key);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            String message =
                    JSON.readTree(answer.body()).path("error").path("message").asText();
            throw new StackFailure("Stripe answers " + answer.statusCode() + ": " + message);
        }
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package dev.quittance.localstack.simulator.webhook;

import java.net.URI;
import java.util.Objects;

/** Where events are posted and what they are signed with; the secret is kept out of its text. */
public record WebhookEndpoint(URI url, String secret) {
    public WebhookEndpoint {
        Objects.requireNonNull(url, "url is null");
        Objects.requireNonNull(secret, "secret is null");
        if (url.getHost() == null || !"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("a webhook endpoint of the simulator is an http URL: " + url);
        }
    }

    @Override
    public String toString() {
        return "WebhookEndpoint[" + url + "]";
    }
}

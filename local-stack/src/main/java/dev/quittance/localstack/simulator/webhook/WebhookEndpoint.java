package dev.quittance.localstack.simulator.webhook;

import dev.quittance.localstack.simulator.rest.ApiVersion;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where events are posted and what they are signed with; the secret is kept out of its text.
 *
 * @param version null for whatever the account's is
 * @param types the events that it is told of; {@code *} for all
 * @param isDisabled whether nothing is sent to it
 */
public record WebhookEndpoint(
        URI url, String secret, @Nullable ApiVersion version, List<String> types, boolean isDisabled) {
    public static final String ALL = "*";

    public WebhookEndpoint {
        Objects.requireNonNull(url, "url is null");
        Objects.requireNonNull(secret, "secret is null");
        types = List.copyOf(types);
        if (url.getHost() == null || !"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("a webhook endpoint of the simulator is an http URL: " + url);
        }
    }

    public WebhookEndpoint(URI url, String secret) {
        this(url, secret, null, List.of(ALL), false);
    }

    boolean wants(String type) {
        return !isDisabled && (types.contains(ALL) || types.contains(type));
    }

    @Override
    public String toString() {
        return "WebhookEndpoint[" + url + "]";
    }
}

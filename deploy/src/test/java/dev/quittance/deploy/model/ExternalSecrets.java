package dev.quittance.deploy.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of External Secrets, as external-secrets.io/v1 defines them. */
public final class ExternalSecrets {
    private ExternalSecrets() {}

    public record ExternalSecret(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) ObjectMeta metadata,
            @JsonProperty(required = true) Spec spec) {}

    public record Spec(
            @Nullable String refreshInterval,
            @Nullable String refreshPolicy,
            @JsonProperty(required = true) StoreRef secretStoreRef,
            @JsonProperty(required = true) Target target,
            @JsonProperty(required = true) List<Data> data) {}

    public record StoreRef(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String kind) {}

    public record Target(
            @JsonProperty(required = true) String name,
            @Nullable String creationPolicy,
            @Nullable String deletionPolicy,
            @Nullable Boolean immutable,
            @Nullable Template template) {}

    public record Template(
            @Nullable String type,
            @Nullable String engineVersion,
            @Nullable ObjectMeta metadata,
            @Nullable Map<String, String> data) {}

    public record Data(
            @JsonProperty(required = true) String secretKey,
            @JsonProperty(required = true) RemoteRef remoteRef) {}

    public record RemoteRef(
            @JsonProperty(required = true) String key,
            @Nullable String property,
            @Nullable String version,
            @Nullable String conversionStrategy,
            @Nullable String decodingStrategy) {}

    /** The provider's own part differs for each store, and is theirs to check. */
    public record SecretStore(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) ObjectMeta metadata,
            @JsonProperty(required = true) StoreSpec spec) {}

    public record StoreSpec(
            @Nullable String controller,
            @Nullable Integer refreshInterval,
            @JsonProperty(required = true) Map<String, JsonNode> provider) {}
}

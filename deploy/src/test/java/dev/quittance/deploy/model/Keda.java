package dev.quittance.deploy.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** KEDA's objects, as keda.sh/v1alpha1 defines them. */
public final class Keda {
    private Keda() {}

    public record ScaledObject(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) ObjectMeta metadata,
            @JsonProperty(required = true) Spec spec) {}

    public record Spec(
            @JsonProperty(required = true) Target scaleTargetRef,
            @Nullable Integer pollingInterval,
            @Nullable Integer cooldownPeriod,
            @Nullable Integer initialCooldownPeriod,
            @Nullable Integer idleReplicaCount,
            @JsonProperty(required = true) int minReplicaCount,
            @JsonProperty(required = true) int maxReplicaCount,
            @Nullable Fallback fallback,
            @Nullable Advanced advanced,
            @JsonProperty(required = true) List<Trigger> triggers) {}

    public record Target(
            @JsonProperty(required = true) String name,
            @Nullable String apiVersion,
            @Nullable String kind,
            @Nullable String envSourceContainerName) {}

    public record Fallback(
            @JsonProperty(required = true) int failureThreshold,
            @JsonProperty(required = true) int replicas,
            @Nullable String behavior) {}

    public record Advanced(
            @Nullable Boolean restoreToOriginalReplicaCount,
            @Nullable HpaConfig horizontalPodAutoscalerConfig) {}

    public record HpaConfig(@Nullable String name, @Nullable HorizontalPodAutoscalerBehavior behavior) {}

    public record Trigger(
            @JsonProperty(required = true) String type,
            @Nullable String name,
            @JsonProperty(required = true) Map<String, String> metadata,
            @Nullable AuthenticationRef authenticationRef,
            @Nullable String metricType,
            @Nullable Boolean useCachedMetrics) {}

    public record AuthenticationRef(
            @JsonProperty(required = true) String name,
            @Nullable String kind) {}

    public record TriggerAuthentication(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) ObjectMeta metadata,
            @JsonProperty(required = true) AuthenticationSpec spec) {}

    public record AuthenticationSpec(
            @JsonProperty(required = true) List<SecretTarget> secretTargetRef) {}

    public record SecretTarget(
            @JsonProperty(required = true) String parameter,
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String key) {}
}

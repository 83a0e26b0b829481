package dev.quittance.deploy.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of Prometheus' operator that we make, as monitoring.coreos.com/v1 defines them. */
public final class PrometheusOperator {
    private PrometheusOperator() {}

    public record PodMonitor(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) ObjectMeta metadata,
            @JsonProperty(required = true) PodMonitorSpec spec) {}

    public record PodMonitorSpec(
            @JsonProperty(required = true) LabelSelector selector,
            @JsonProperty(required = true) List<Endpoint> podMetricsEndpoints,
            @Nullable String jobLabel,
            @Nullable List<String> podTargetLabels) {}

    public record Endpoint(
            @JsonProperty(required = true) String port,
            @Nullable String path,
            @Nullable String scheme,
            @Nullable String interval,
            @Nullable String scrapeTimeout,
            @Nullable List<Relabeling> relabelings,
            @Nullable List<Relabeling> metricRelabelings) {}

    public record Relabeling(
            @Nullable List<String> sourceLabels,
            @Nullable String separator,
            @Nullable String targetLabel,
            @Nullable String regex,
            @Nullable String replacement,
            @Nullable String action) {}

    public record PrometheusRule(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) ObjectMeta metadata,
            @JsonProperty(required = true) RuleSpec spec) {}

    public record RuleSpec(@JsonProperty(required = true) List<Group> groups) {}

    public record Group(
            @JsonProperty(required = true) String name,
            @Nullable String interval,
            @JsonProperty(required = true) List<Rule> rules) {}

    public record Rule(
            @Nullable String alert,
            @Nullable String record,
            @JsonProperty(required = true) String expr,
            @JsonProperty("for") @Nullable String during,
            @JsonProperty("keep_firing_for") @Nullable String keepFiringFor,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations) {}
}

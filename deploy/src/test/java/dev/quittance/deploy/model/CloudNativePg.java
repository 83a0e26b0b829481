package dev.quittance.deploy.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CloudNativePG's objects, as postgresql.cnpg.io/v1 and its Barman plug-in define them, as far as we use them. */
public final class CloudNativePg {
    private CloudNativePg() {}

    public record Cluster(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) ObjectMeta metadata,
            @JsonProperty(required = true) ClusterSpec spec) {}

    public record ClusterSpec(
            @JsonProperty(required = true) int instances,
            @Nullable String description,
            @Nullable String imageName,
            @JsonProperty(required = true) Storage storage,
            @Nullable Storage walStorage,
            @Nullable Bootstrap bootstrap,
            @Nullable Managed managed,
            @Nullable Postgresql postgresql,
            @Nullable ResourceRequirements resources,
            @Nullable Affinity affinity,
            @Nullable Monitoring monitoring,
            @Nullable List<Plugin> plugins,
            @Nullable List<ExternalCluster> externalClusters,
            @Nullable Boolean enableSuperuserAccess,
            @Nullable Boolean enablePDB,
            @Nullable String primaryUpdateStrategy,
            @Nullable String primaryUpdateMethod,
            @Nullable Integer minSyncReplicas,
            @Nullable Integer maxSyncReplicas) {}

    public record Storage(
            @JsonProperty(required = true) String size,
            @Nullable String storageClass,
            @Nullable Boolean resizeInUseVolumes) {}

    public record Bootstrap(
            @Nullable InitDb initdb, @Nullable Recovery recovery) {}

    public record InitDb(
            @JsonProperty(required = true) String database,
            @JsonProperty(required = true) String owner,
            @Nullable LocalObjectReference secret,
            @Nullable String encoding,
            @Nullable String localeProvider,
            @Nullable String locale,
            @Nullable Boolean dataChecksums) {}

    public record Recovery(
            @JsonProperty(required = true) String source,
            @Nullable String database,
            @Nullable String owner,
            @Nullable LocalObjectReference secret,
            @Nullable RecoveryTarget recoveryTarget) {}

    public record RecoveryTarget(@Nullable String targetTime) {}

    public record Managed(@JsonProperty(required = true) List<Role> roles) {}

    public record Role(
            @JsonProperty(required = true) String name,
            @Nullable String comment,
            @Nullable String ensure,
            @Nullable Boolean login,
            @Nullable Boolean superuser,
            @Nullable Boolean createdb,
            @Nullable Boolean createrole,
            @Nullable Boolean inherit,
            @Nullable Boolean replication,
            @Nullable Boolean bypassrls,
            @Nullable Integer connectionLimit,
            @Nullable LocalObjectReference passwordSecret,
            @Nullable List<String> inRoles) {}

    public record Postgresql(
            @Nullable Map<String, String> parameters,
            @JsonProperty("pg_hba") @Nullable List<String> pgHba,
            @Nullable Synchronous synchronous) {}

    public record Synchronous(
            @JsonProperty(required = true) String method,
            @JsonProperty(required = true) int number,
            @Nullable String dataDurability) {}

    public record Affinity(
            @Nullable Boolean enablePodAntiAffinity,
            @Nullable String topologyKey,
            @Nullable String podAntiAffinityType) {}

    public record Monitoring(
            @Nullable Boolean enablePodMonitor, @Nullable Boolean disableDefaultQueries) {}

    public record Plugin(
            @JsonProperty(required = true) String name,
            @Nullable Boolean enabled,
            @Nullable Boolean isWALArchiver,
            @Nullable Map<String, String> parameters) {}

    public record ExternalCluster(
            @JsonProperty(required = true) String name,
            @Nullable Plugin plugin) {}

    public record ScheduledBackup(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) ObjectMeta metadata,
            @JsonProperty(required = true) ScheduledBackupSpec spec) {}

    public record ScheduledBackupSpec(
            @JsonProperty(required = true) String schedule,
            @JsonProperty(required = true) LocalObjectReference cluster,
            @Nullable Boolean immediate,
            @Nullable String backupOwnerReference,
            @Nullable String method,
            @Nullable PluginConfiguration pluginConfiguration) {}

    public record PluginConfiguration(
            @JsonProperty(required = true) String name,
            @Nullable Map<String, String> parameters) {}

    public record ObjectStore(
            @JsonProperty(required = true) String apiVersion,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) ObjectMeta metadata,
            @JsonProperty(required = true) ObjectStoreSpec spec) {}

    public record ObjectStoreSpec(
            @Nullable String retentionPolicy,
            @JsonProperty(required = true) BarmanConfiguration configuration) {}

    public record BarmanConfiguration(
            @JsonProperty(required = true) String destinationPath,
            @Nullable String endpointURL,
            @JsonProperty(required = true) S3Credentials s3Credentials,
            @Nullable Wal wal,
            @Nullable BaseBackup data) {}

    public record S3Credentials(
            @JsonProperty(required = true) SecretKey accessKeyId,
            @JsonProperty(required = true) SecretKey secretAccessKey) {}

    public record SecretKey(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String key) {}

    public record Wal(
            @Nullable String compression,
            @Nullable String encryption,
            @Nullable Integer maxParallel) {}

    public record BaseBackup(
            @Nullable String compression,
            @Nullable String encryption,
            @Nullable Integer jobs) {}
}

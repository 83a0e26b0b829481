package dev.quittance.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.deploy.model.CloudNativePg;
import dev.quittance.deploy.model.ExternalSecrets.ExternalSecret;
import dev.quittance.deploy.model.Manifests.Manifest;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file is one that its operator takes, and they can be applied in the order of their numbers. */
class ManifestsTest {
    static List<Path> files() {
        return Cluster.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyObjectIsReadWithoutAnUnknownField(Path file) {
        // When
        List<Manifest> objects = Cluster.read(file);

        // Then
        assertThat(objects).isNotEmpty();
        assertThat(objects.stream()
                        .map(object -> object.kind() + "/"
                                + object.tree().at("/metadata/namespace").asText() + "/" + object.name()))
                .doesNotHaveDuplicates();
        assertThat(file.getFileName().toString()).matches("[0-9]{2}-[a-z]+\\.yaml");
        assertThat(objects).noneMatch(object -> object.kind().equals("Secret"));
    }

    @Test
    void aNamespaceStandsBeforeWhatIsInIt() {
        // Given
        Set<String> standing = new TreeSet<>();
        List<String> early = new ArrayList<>();

        // When
        for (Path file : Cluster.files()) {
            for (Manifest object : Cluster.read(file)) {
                if (object.typed() instanceof Namespace) {
                    standing.add(object.name());
                }
                String namespace = object.tree().at("/metadata/namespace").asText();
                if (!namespace.isEmpty() && !standing.contains(namespace)) {
                    early.add(object.kind() + " " + object.name());
                }
            }
        }

        // Then
        assertThat(early).isEmpty();
    }

    @Test
    void theDatabasesOwnerIsNoSuperuser() {
        // Given
        CloudNativePg.ClusterSpec spec =
                Cluster.objects(CloudNativePg.Cluster.class).getFirst().spec();

        // Then
        assertThat(spec.enableSuperuserAccess()).isFalse();
        assertThat(spec.instances()).isGreaterThanOrEqualTo(3);
        assertThat(spec.postgresql()).isNotNull();
        assertThat(spec.postgresql().parameters()).containsEntry("synchronous_commit", "on");
        assertThat(spec.managed()).isNotNull();
        assertThat(spec.managed().roles()).singleElement().satisfies(role -> {
            assertThat(role.name()).isEqualTo("quittance_migrator");
            assertThat(role.superuser()).isFalse();
            assertThat(role.createrole()).isTrue();
        });
    }

    @Test
    void backupsAreMadeAndWalIsArchived() {
        assertThat(Cluster.objects(CloudNativePg.ScheduledBackup.class)).hasSize(1);
        assertThat(Cluster.objects(CloudNativePg.ObjectStore.class))
                .singleElement()
                .satisfies(store -> assertThat(store.spec().retentionPolicy()).isEqualTo("30d"));
        assertThat(Cluster.objects(CloudNativePg.Cluster.class)
                        .getFirst()
                        .spec()
                        .plugins())
                .singleElement()
                .satisfies(plugin -> assertThat(plugin.isWALArchiver()).isTrue());
    }

    @Test
    void everyUsersLoginReachesTheServices() {
        // Given
        Set<String> readable = Cluster.objects(Role.class).stream()
                .flatMap(role -> role.getRules().stream())
                .flatMap(rule -> rule.getResourceNames().stream())
                .collect(Collectors.toSet());

        // When
        Set<String> brought = Cluster.objects(ExternalSecret.class).stream()
                .filter(secret -> "quittance".equals(secret.metadata().getNamespace()))
                .flatMap(secret -> secret.spec().data().stream())
                .map(data -> data.remoteRef().key())
                .collect(Collectors.toSet());

        // Then
        assertThat(Cluster.objects(KafkaUser.class))
                .hasSize(5)
                .allSatisfy(
                        user -> assertThat(brought).contains(user.getMetadata().getName()));
        assertThat(readable).isSubsetOf(brought);
    }
}

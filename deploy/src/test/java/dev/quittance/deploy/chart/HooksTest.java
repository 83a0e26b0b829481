package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.deploy.migrate.Slice;
import dev.quittance.deploy.model.ExternalSecrets.ExternalSecret;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The database is ready before the services change, and in the order that its foreign keys demand. */
class HooksTest {
    private static final String PRODUCTION = "production";

    @Test
    void rolesComeFirstAndSlicesUpstreamFirst() {
        // Given
        List<String> expected = Stream.concat(
                        Stream.of("roles"), Arrays.stream(Slice.values()).map(Slice::schema))
                .toList();

        // When
        List<Job> jobs = Chart.objects(PRODUCTION, Job.class).stream()
                .sorted(Comparator.comparingInt(job -> weight(job.getMetadata())))
                .toList();

        // Then
        assertThat(jobs)
                .extracting(job -> job.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getArgs()
                        .getFirst())
                .containsExactlyElementsOf(expected);
        assertThat(jobs).extracting(job -> weight(job.getMetadata())).doesNotHaveDuplicates();
        assertThat(jobs)
                .allSatisfy(job -> assertThat(job.getMetadata().getAnnotations())
                        .containsEntry("helm.sh/hook", "pre-install,pre-upgrade")
                        .containsEntry("helm.sh/hook-delete-policy", "before-hook-creation"));
    }

    @Test
    void onlyTheRolesJobKnowsTheLoginsPasswords() {
        for (Job job : Chart.objects(PRODUCTION, Job.class)) {
            // When
            List<String> logins = job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                    .map(EnvVar::getName)
                    .filter(name -> name.startsWith("QUITTANCE_LOGIN_"))
                    .toList();

            // Then
            int expected = job.getMetadata().getName().endsWith("-roles") ? Slice.values().length : 0;
            assertThat(logins).hasSize(expected);
        }
    }

    @Test
    void whatTheJobsNeedIsThereBefore() {
        // Given
        int first = Chart.objects(PRODUCTION, Job.class).stream()
                .map(HasMetadata::getMetadata)
                .mapToInt(HooksTest::weight)
                .min()
                .orElseThrow();

        // Then
        assertThat(Chart.objects(PRODUCTION, ExternalSecret.class)).hasSize(5).allSatisfy(secret -> {
            assertThat(weight(secret.metadata())).isLessThan(first);
            assertThat(secret.spec().target().creationPolicy()).isEqualTo("Orphan");
        });
        assertThat(Chart.objects(PRODUCTION, ServiceAccount.class))
                .filteredOn(account -> account.getMetadata().getName().endsWith("-migrations"))
                .singleElement()
                .satisfies(account -> assertThat(weight(account.getMetadata())).isLessThan(first));
    }

    @Test
    void helmTestAsksEveryService() {
        assertThat(Chart.objects(PRODUCTION, Pod.class))
                .hasSize(4)
                .allSatisfy(
                        pod -> assertThat(pod.getMetadata().getAnnotations()).containsEntry("helm.sh/hook", "test"));
    }

    private static int weight(ObjectMeta metadata) {
        return Integer.parseInt(metadata.getAnnotations().getOrDefault("helm.sh/hook-weight", "0"));
    }
}

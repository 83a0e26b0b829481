package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.deploy.model.Manifests.Manifest;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** No pod can do more than it needs, and each ends without losing what it has in hand. */
class PodsTest {
    static final List<String> SCENARIOS = Chart.SCENARIOS;
    private static final Pattern SECRET_NAME = Pattern.compile(".*(PASSWORD|SECRET|API_KEY|PEPPER|JAAS|SERVICE_KEY).*");
    private static final Pattern SECRET_VALUE =
            Pattern.compile("whsec_|sk_(live|test)_|rk_live_|-----BEGIN|://[^/\"]*:[^/\"]*@");
    private static final Pattern SHUTDOWN = Pattern.compile("quarkus\\.shutdown\\.timeout=(\\d+)s");

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void aPodIsNobodyAndWritesNowhere(String scenario) {
        assertThat(Pods.of(scenario)).hasSizeGreaterThanOrEqualTo(13).allSatisfy((_, pod) -> {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
            assertThat(pod.getContainers()).hasSize(1).allSatisfy(container -> {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getImage()).matches("registry\\.example\\.com/quittance/[a-z-]+:0\\.1\\.0");
                assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
                assertThat(container.getResources().getLimits()).containsKeys("memory");
            });
        });
        assertThat(Chart.objects(scenario, ServiceAccount.class))
                .hasSize(5)
                .allMatch(account -> Boolean.FALSE.equals(account.getAutomountServiceAccountToken()));
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void secretsAreNamedAndNeverWritten(String scenario) {
        // Given
        List<EnvVar> environment = Pods.of(scenario).values().stream()
                .flatMap(pod -> pod.getContainers().stream())
                .flatMap(container -> container.getEnv().stream())
                .toList();

        // Then
        assertThat(environment)
                .filteredOn(variable -> isSecret(variable.getName()))
                .isNotEmpty()
                .allSatisfy(variable -> {
                    assertThat(variable.getValue()).isNull();
                    assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                            .isNotBlank();
                    assertThat(variable.getValueFrom().getSecretKeyRef().getKey())
                            .isNotBlank();
                });
        assertThat(Chart.rendered(scenario)).noneMatch(object -> object.kind().equals("Secret"));
        assertThat(Chart.rendered(scenario))
                .filteredOn(
                        object -> SECRET_VALUE.matcher(object.tree().toString()).find())
                .extracting(Manifest::name)
                .isEmpty();
        assertThat(Chart.objects(scenario, io.fabric8.kubernetes.api.model.ConfigMap.class))
                .allSatisfy(map -> assertThat(map.getData().keySet()).noneMatch(PodsTest::isSecret));
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void healthIsAskedOnTheManagementPortOnly(String scenario) {
        assertThat(Chart.objects(scenario, Deployment.class)).hasSize(4).allSatisfy(deployment -> {
            Container container =
                    deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
            assertThat(container.getPorts())
                    .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("http", 8080),
                            org.assertj.core.groups.Tuple.tuple("management", 9000));
            assertThat(Stream.of(
                                    container.getStartupProbe(),
                                    container.getReadinessProbe(),
                                    container.getLivenessProbe())
                            .map(Probe::getHttpGet))
                    .allMatch(get -> get.getPort().equals(new IntOrString("management")))
                    .extracting(get -> get.getPath())
                    .containsExactly("/q/health/started", "/q/health/ready", "/q/health/live");
        });
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void aDeploymentFindsItsOwnPodsAndRollsWithoutAGap(String scenario) {
        assertThat(Chart.objects(scenario, Deployment.class)).hasSize(4).allSatisfy(deployment -> {
            Map<String, String> labels =
                    deployment.getSpec().getTemplate().getMetadata().getLabels();
            assertThat(labels)
                    .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
            assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
                    .isEqualTo(new IntOrString(0));
            assertThat(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
                    .containsKeys("checksum/config", "checksum/secrets");
        });
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void aPodIsGivenTheTimeToFinish(String scenario) {
        for (String service : Chart.SERVICES) {
            // Given
            Matcher drain = SHUTDOWN.matcher(Chart.text(service + "/src/main/resources/application.properties"));
            assertThat(drain.find()).isTrue();
            Duration shutdown = Duration.ofSeconds(Long.parseLong(drain.group(1)));

            // When
            PodSpec pod = Pods.of(scenario).get(Chart.PREFIX + service);

            // Then
            assertThat(pod).isNotNull();
            Duration before = Duration.ofSeconds(pod.getContainers()
                    .getFirst()
                    .getLifecycle()
                    .getPreStop()
                    .getSleep()
                    .getSeconds());
            assertThat(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds()))
                    .isGreaterThan(shutdown.plus(before));
        }
    }

    private static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }
}

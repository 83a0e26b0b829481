package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A service is told only what it listens to. */
class SettingsTest {
    /** Keys of the framework that no service's properties need to name: the JVM's, Kafka's client's, the reactive client's. */
    private static final Set<String> OF_THE_FRAMEWORK = Set.of(
            "JDK_JAVA_OPTIONS",
            "QUARKUS_HTTP_HOST",
            "QUARKUS_MANAGEMENT_HOST",
            "QUARKUS_DATASOURCE_USERNAME",
            "QUARKUS_DATASOURCE_PASSWORD",
            "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE",
            "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM",
            "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS",
            "QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM",
            "QUARKUS_REDIS_PASSWORD",
            "QUARKUS_MAILER_HOST",
            "QUARKUS_MAILER_PORT",
            "QUARKUS_MAILER_USERNAME",
            "QUARKUS_MAILER_PASSWORD",
            "KAFKA_SECURITY_PROTOCOL",
            "KAFKA_SASL_MECHANISM",
            "KAFKA_SASL_JAAS_CONFIG",
            "KAFKA_SSL_TRUSTSTORE_TYPE",
            "KAFKA_SSL_TRUSTSTORE_LOCATION");

    static final List<String> SCENARIOS = Chart.SCENARIOS;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)");

    static Stream<org.junit.jupiter.params.provider.Arguments> servicesOfScenarios() {
        return Chart.SCENARIOS.stream()
                .flatMap(scenario -> Chart.SERVICES.stream()
                        .map(service -> org.junit.jupiter.params.provider.Arguments.of(scenario, service)));
    }

    @ParameterizedTest
    @MethodSource("servicesOfScenarios")
    void everyVariableIsOneThatTheServiceReads(String scenario, String service) {
        // Given
        Set<String> known = known(service);

        // When
        TreeSet<String> told = told(scenario, service);

        // Then
        assertThat(told).contains("KAFKA_BOOTSTRAP_SERVERS");
        told.removeAll(OF_THE_FRAMEWORK);
        assertThat(known).containsAll(told);
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void allPodsSignDownloadLinksWithOneKey(String scenario) {
        // When
        PodSpec pod = Pods.of(scenario).get(Chart.PREFIX + "billing-ledger");

        // Then
        assertThat(pod).isNotNull();
        assertThat(pod.getContainers().getFirst().getEnv())
                .filteredOn(variable -> variable.getName().equals("QUITTANCE_DOWNLOAD_KEY"))
                .singleElement()
                .satisfies(variable -> assertThat(
                                variable.getValueFrom().getSecretKeyRef().getKey())
                        .isEqualTo("download-key"));
    }

    private static TreeSet<String> told(String scenario, String service) {
        TreeSet<String> told = new TreeSet<>();
        Chart.objects(scenario, ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(Chart.PREFIX + service))
                .forEach(map -> told.addAll(map.getData().keySet()));
        PodSpec pod = Pods.of(scenario).get(Chart.PREFIX + service);
        assertThat(pod).isNotNull();
        pod.getContainers().getFirst().getEnv().stream().map(EnvVar::getName).forEach(told::add);
        return told;
    }

    /** The variables that a service's properties, and those of all services, name, and its own keys as variables. */
    private static Set<String> known(String service) {
        String text = Chart.text(service + "/src/main/resources/application.properties") + "\n"
                + Chart.text("telemetry/src/main/resources/META-INF/microprofile-config.properties");
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.concat(
                        VARIABLE.matcher(text).results().map(found -> found.group(1)),
                        properties.stringPropertyNames().stream().map(SettingsTest::variable))
                .collect(Collectors.toSet());
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}

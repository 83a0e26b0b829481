package dev.quittance.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quittance.deploy.model.CloudNativePg;
import dev.quittance.deploy.model.ExternalSecrets.ExternalSecret;
import dev.quittance.deploy.model.Manifests;
import io.fabric8.kubernetes.api.model.Namespace;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever follows docs/operations.md, or a runbook, line by line finds what it names. */
class OperationsDocTest {
    private static final Pattern APPLIED = Pattern.compile("-f (k8s/[0-9a-z-]+\\.yaml)");
    private static final Pattern NAMED = Pattern.compile("\\b((?:k8s|deploy|docs)/[A-Za-z0-9/_.-]*[A-Za-z0-9])");
    private static final Pattern SET = Pattern.compile("--set ([A-Za-z.]+)=");
    private static final Pattern VALUE = Pattern.compile("`([a-z][A-Za-z]*(?:\\.[A-Za-z]+)+)(?:: [a-z]+)?`");
    private static final Pattern COMMAND = Pattern.compile("\\./quittance ([a-z-]+)");
    private static final Pattern COMMANDS = Pattern.compile("(?m)^    ([a-z|\\- ]+)\\)$");
    private static final Pattern DOOR = Pattern.compile("(?<![A-Za-z0-9])(/api/[A-Za-z/{}-]*[A-Za-z}])");
    private static final Pattern NAMESPACE = Pattern.compile("(?:kubectl|helm) -n ([a-z-]+)");
    private static final Pattern ALERT = Pattern.compile("\\bQuittance[A-Z][A-Za-z]+");
    private static final Pattern SECRET = Pattern.compile("(?m)^\\| `(quittance/[a-z]+)` \\| ([^|]+) \\|");
    private static final Pattern TICKED = Pattern.compile("`([^`]+)`");
    private static final String MANUAL = "docs/operations.md";
    private static final String VALUES = "deploy/helm/quittance/values.yaml";
    private static final String PRODUCTION = "deploy/helm/quittance/ci/production-values.yaml";
    /** What may stand in the manual before it is made: a build makes it. */
    private static final Pattern BUILT = Pattern.compile("deploy/target/.*");

    private static final List<String> NAMESPACES = Cluster.objects(Namespace.class).stream()
            .map(namespace -> namespace.getMetadata().getName())
            .toList();

    /** Of all services, with every id alike. */
    private static final Set<String> DOORS = Stream.of(
                    "webhook-ingest", "provisioning-service", "billing-ledger", "voucher-service")
            .flatMap(service -> tree("docs/openapi/" + service + ".json").path("paths").properties().stream())
            .map(path -> anyId(path.getKey()))
            .collect(Collectors.toSet());

    static List<String> pages() {
        try (Stream<Path> runbooks = Files.list(Cluster.ROOT.resolve("docs/runbooks"))) {
            return Stream.concat(
                            Stream.of(MANUAL, "docs/scaling.md", "docs/moving-in.md"),
                            runbooks.map(page -> "docs/runbooks/" + page.getFileName())
                                    .sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyFileOfK8sIsAppliedOnceAndInOrder() {
        // Given
        List<String> files = Cluster.files().stream()
                .map(file -> "k8s/" + file.getFileName())
                .toList();

        // Then
        assertThat(found(APPLIED, text(MANUAL))).isNotEmpty().containsExactlyElementsOf(files);
    }

    @Test
    void everyFileThatIsNamedIsThere() {
        assertThat(found(NAMED, text(MANUAL)))
                .filteredOn(name -> !BUILT.matcher(name).matches())
                .hasSizeGreaterThan(8)
                .allMatch(name -> Files.exists(Cluster.ROOT.resolve(name)));
    }

    @Test
    void everySecretThatIsReadFromTheStoreIsPutThereFirst() {
        // Given
        Set<String> read = new TreeSet<>();
        Cluster.objects(ExternalSecret.class).stream()
                .filter(secret -> secret.spec().secretStoreRef().name().equals("quittance"))
                .flatMap(secret -> secret.spec().data().stream())
                .forEach(data ->
                        read.add(data.remoteRef().key() + " " + data.remoteRef().property()));
        tree(PRODUCTION)
                .at("/externalSecrets/secrets")
                .forEach(secret -> secret.forEach(place -> read.add(place.path("key")
                                .asText() + " " + place.path("property").asText())));

        // When
        Set<String> told = new TreeSet<>();
        SECRET.matcher(text(MANUAL))
                .results()
                .forEach(row -> found(TICKED, row.group(2)).forEach(key -> told.add(row.group(1) + " " + key)));

        // Then
        assertThat(told).hasSizeGreaterThan(10).isEqualTo(read);
    }

    @Test
    void everyValueThatIsNamedIsOneOfTheCharts() {
        // Given
        JsonNode values = tree(VALUES);

        // When
        List<String> set = found(SET, text(MANUAL));
        List<String> named = found(VALUE, text(MANUAL)).stream()
                .filter(value -> values.has(value.substring(0, value.indexOf('.'))))
                .toList();

        // Then
        assertThat(set).isNotEmpty();
        assertThat(named).hasSizeGreaterThan(4);
        assertThat(Stream.concat(set.stream(), named.stream()))
                .allMatch(value -> !values.at("/" + value.replace('.', '/')).isMissingNode());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandOfOursIsOne(String page) {
        // Given
        Set<String> commands = found(COMMANDS, text("quittance")).stream()
                .flatMap(label -> Stream.of(label.split("\\|", -1)))
                .map(String::strip)
                .collect(Collectors.toSet());
        assertThat(commands).contains("up", "verify");

        // Then
        assertThat(found(COMMAND, text(page))).isSubsetOf(commands);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyDoorThatIsNamedIsOpen(String page) {
        assertThat(found(DOOR, text(page)).stream().map(OperationsDocTest::anyId))
                .isSubsetOf(DOORS);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyAlertThatIsNamedHasARunbook(String page) {
        assertThat(found(ALERT, text(page)))
                .allMatch(alert -> Files.exists(Cluster.ROOT.resolve("docs/runbooks/" + alert + ".md")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyNamespaceIsOneOfOurs(String page) {
        // Then
        assertThat(found(NAMESPACE, text(page))).isSubsetOf(NAMESPACES);
    }

    @Test
    void whatIsWaitedForIsMade() {
        // Given
        List<String> made = new ArrayList<>();
        Cluster.objects(Kafka.class)
                .forEach(kafka -> made.add("kafka/" + kafka.getMetadata().getName()));
        Cluster.objects(CloudNativePg.Cluster.class)
                .forEach(cluster -> made.add("cluster/" + cluster.metadata().getName()));

        // When
        List<String> waited = found(Pattern.compile("wait ((?:kafka|cluster)/[a-z]+)"), text(MANUAL));

        // Then
        assertThat(waited).containsExactlyInAnyOrderElementsOf(made);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.groupCount() == 0 ? match.group() : match.group(1))
                .distinct()
                .toList();
    }

    private static String anyId(String door) {
        return door.replaceAll("\\{[^}]*}", "{}");
    }

    private static JsonNode tree(String path) {
        try {
            return Manifests.mapper().readTree(text(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String path) {
        try {
            return Files.readString(Cluster.ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.quittance.deploy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quittance.deploy.model.Manifests;
import dev.quittance.deploy.model.PrometheusOperator.Group;
import dev.quittance.deploy.model.PrometheusOperator.Rule;
import dev.quittance.deploy.model.PrometheusOperator.RuleSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken finds a page that says why, and what to do. */
class RunbooksTest {
    private static final Path ROOT = Path.of(System.getProperty("quittance.root", ".."));
    private static final Path RUNBOOKS = ROOT.resolve("docs/runbooks");
    private static final List<String> HEADINGS = List.of("## What it means", "## Where to look", "## What to do");

    @Test
    void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
        // Given
        Set<String> alerts = rules().stream().map(RunbooksTest::name).collect(Collectors.toSet());

        // When
        Set<String> pages;
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            pages = files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README"))
                    .collect(Collectors.toSet());
        }

        // Then
        assertThat(pages).isNotEmpty().isEqualTo(alerts);
    }

    @Test
    void aRunbookQuotesItsAlertAndSaysWhatToDo() throws IOException {
        for (Rule rule : rules()) {
            String page = Files.readString(RUNBOOKS.resolve(name(rule) + ".md"));
            assertThat(page)
                    .startsWith("# " + name(rule) + "\n")
                    .contains(rule.expr())
                    .contains(HEADINGS);
        }
    }

    @Test
    void anAlertSaysHowLoudItIs() throws IOException {
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule.during()).isNotNull().matches("[0-9]+m");
            assertThat(rule.labels()).isNotNull().containsKey("severity");
            assertThat(rule.labels().get("severity")).isIn("critical", "warning");
            assertThat(rule.annotations()).isNotNull().containsKey("summary");
        });
    }

    @Test
    void everyDashboardAsksPrometheusAndHasItsOwnIdentity() throws IOException {
        // Given
        List<Path> files;
        try (Stream<Path> found = Files.list(ROOT.resolve("deploy/helm/quittance/dashboards"))) {
            files = found.sorted().toList();
        }

        // When
        List<JsonNode> dashboards = files.stream().map(RunbooksTest::json).toList();

        // Then
        assertThat(dashboards).hasSizeGreaterThanOrEqualTo(3);
        assertThat(dashboards.stream().map(dashboard -> dashboard.path("uid").asText()))
                .doesNotHaveDuplicates();
        assertThat(dashboards)
                .allSatisfy(dashboard -> assertThat(dashboard.path("panels"))
                        .isNotEmpty()
                        .allSatisfy(panel -> {
                            assertThat(panel.path("datasource").path("uid").asText())
                                    .isEqualTo("${datasource}");
                            assertThat(panel.path("fieldConfig")
                                            .path("defaults")
                                            .path("unit")
                                            .asText())
                                    .isNotBlank();
                            assertThat(panel.path("targets")).isNotEmpty();
                        }));
    }

    private static List<Rule> rules() throws IOException {
        RuleSpec spec = Manifests.mapper()
                .readValue(
                        Files.readString(ROOT.resolve("deploy/helm/quittance/rules/quittance.yaml")), RuleSpec.class);
        List<Rule> rules =
                spec.groups().stream().map(Group::rules).flatMap(List::stream).toList();
        assertThat(rules).isNotEmpty();
        return rules;
    }

    private static String name(Rule rule) {
        return Objects.requireNonNull(rule.alert());
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

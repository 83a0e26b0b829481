package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import dev.quittance.deploy.model.Manifests;
import dev.quittance.deploy.model.Manifests.Manifest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The chart is one that helm takes, and every object of it is one that a cluster knows. */
class ChartTest {
    static final List<String> SCENARIOS = Chart.SCENARIOS;

    @Test
    void lintsStrictly() {
        // When
        LintResult result = Chart.helm().lint().strict().call();

        // Then
        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void everyObjectOfAScenarioIsReadWithoutAnUnknownField(String scenario) {
        // When
        List<Manifest> objects = Chart.rendered(scenario);

        // Then
        assertThat(objects).hasSizeGreaterThan(20);
        assertThat(objects.stream().map(object -> object.kind() + "/" + object.name()))
                .doesNotHaveDuplicates();
        assertThat(objects).allSatisfy(object -> {
            assertThat(object.name()).matches("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
            assertThat(object.tree().at("/metadata/namespace").asText()).isEqualTo("pay");
            assertThat(object.tree().at("/metadata/labels").isObject()).isTrue();
        });
    }

    @Test
    void aFieldThatKubernetesDoesNotHaveIsFound() {
        // Given
        String wrong = Chart.render("minimal", _ -> {}).replace("revisionHistoryLimit:", "revisionHistoryLimits:");

        // Then
        assertThatThrownBy(() -> Manifests.read(wrong)).hasMessageContaining("revisionHistoryLimits");
    }

    @Test
    void isPackaged(@TempDir Path target) {
        // When
        Chart.helm().packageIt().withDestination(target).call();

        // Then
        assertThat(target.resolve("quittance-0.1.0.tgz")).isNotEmptyFile();
    }

    @Test
    void aValueThatNobodyReadsIsRefused() {
        assertThatThrownBy(() -> Chart.render("minimal", command -> command.set("kafka.bootstrapServer", "b:1")))
                .hasMessageContaining("bootstrapServer");
    }

    @Test
    void twoWaysInAreRefused() {
        assertThatThrownBy(() -> Chart.render("production", command -> command.set("ingress.enabled", true)))
                .hasMessageContaining("served twice");
    }

    @Test
    void lettersThatNobodySendsAreRefused() {
        assertThatThrownBy(() -> Chart.render("production", command -> command.set("mail.enabled", false)))
                .hasMessageContaining("letters would wait");
    }

    @Test
    void moreConnectionsThanPostgresAllowsAreRefused() {
        assertThatThrownBy(() -> Chart.render("production", command -> command.set("database.connectionsMax", 100)))
                .hasMessageContaining("connections of Postgres");
    }
}

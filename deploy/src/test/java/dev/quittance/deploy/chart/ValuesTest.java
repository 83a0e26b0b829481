package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quittance.deploy.model.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever opens values.yaml needs no other page. */
class ValuesTest {
    private static final String VALUES = "deploy/helm/quittance/values.yaml";
    private static final Pattern KEY = Pattern.compile("( *)[A-Za-z_]+:.*");
    private static final Pattern IN_A_LIST = Pattern.compile(" *(- )?(namespaceSelector|ipBlock|podSelector|matchLabels"
            + "|cidr|except|kubernetes.io/metadata.name):.*");

    @Test
    void everyKeyIsExplained() {
        // Given
        List<String> lines = Chart.text(VALUES).lines().toList();

        // When
        List<String> silent = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            boolean isKey = KEY.matcher(lines.get(i)).matches()
                    && !IN_A_LIST.matcher(lines.get(i)).matches();
            if (isKey && !lines.get(i - 1).strip().startsWith("#")) {
                silent.add(lines.get(i));
            }
        }

        // Then
        assertThat(silent).isEmpty();
    }

    @Test
    void theSchemaHasExactlyTheKeysOfTheValues() throws JsonProcessingException {
        // Given
        JsonNode values = Manifests.mapper().readTree(Chart.text(VALUES));
        JsonNode schema = new ObjectMapper().readTree(Chart.text("deploy/helm/quittance/values.schema.json"));

        // When
        TreeSet<String> differing = new TreeSet<>();
        compare("", values, schema, differing);

        // Then
        assertThat(differing).isEmpty();
    }

    private static void compare(String path, JsonNode values, JsonNode schema, TreeSet<String> differing) {
        if (!schema.has("properties") || schema.path("additionalProperties").isObject()) {
            return;
        }
        TreeSet<String> inSchema = new TreeSet<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (!property.getValue().has("$ref") && !property.getKey().equals("global")) {
                inSchema.add(property.getKey());
            }
        }
        TreeSet<String> inValues = new TreeSet<>();
        values.fieldNames().forEachRemaining(inValues::add);
        if (!inSchema.equals(inValues)) {
            differing.add(path + ": " + inSchema + " and " + inValues);
        }
        for (String name : inValues) {
            compare(
                    path + "." + name,
                    values.path(name),
                    schema.path("properties").path(name),
                    differing);
        }
    }
}

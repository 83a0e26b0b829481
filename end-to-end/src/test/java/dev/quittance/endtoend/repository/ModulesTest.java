package dev.quittance.endtoend.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** contracts, foundation and telemetry are under messaging is under the services; services never see each other, nor what only runs them. */
class ModulesTest {
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Map<String, String> PACKAGES = Map.of(
            "webhook-ingest", "ingest",
            "provisioning-service", "provisioning",
            "billing-ledger", "billing",
            "voucher-service", "voucher");
    static final List<String> SERVICES = Sources.SERVICES;
    static final List<String> MODULES = Sources.MODULES;

    private record Needed(String module, String scope) {}

    @Test
    void thePomListsTheModules() {
        // When
        Matcher module = Pattern.compile("<module>(.*?)</module>").matcher(Sources.read("pom.xml"));

        // Then
        assertThat(module.results().map(found -> found.group(1))).containsExactlyElementsOf(MODULES);
    }

    @Test
    void contractsNeedsNobody() {
        assertThat(needs("contracts")).isEmpty();
    }

    @Test
    void foundationNeedsNobody() {
        assertThat(needs("foundation")).isEmpty();
    }

    @Test
    void telemetryNeedsNobody() {
        assertThat(needs("telemetry")).isEmpty();
    }

    @Test
    void messagingNeedsContractsAndWhatIsUnderAllServices() {
        assertThat(needs("messaging"))
                .containsExactlyInAnyOrder(
                        new Needed("contracts", "compile"),
                        new Needed("foundation", "compile"),
                        new Needed("telemetry", "compile"),
                        new Needed("local-stack", "test"));
    }

    @Test
    void localStackNeedsContracts() {
        assertThat(needs("local-stack")).containsExactly(new Needed("contracts", "compile"));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceNeedsWhatIsSharedAndTestsWithLocalStack(String service) {
        assertThat(needs(service))
                .isSubsetOf(
                        new Needed("contracts", "compile"),
                        new Needed("foundation", "compile"),
                        new Needed("telemetry", "compile"),
                        new Needed("messaging", "compile"),
                        new Needed("local-stack", "test"));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceNamesNoOtherServicesClasses(String service) {
        // Given
        String others = PACKAGES.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(service))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("|", "import (static )?dev\\.quittance\\.(", ")\\."));

        // When
        List<String> named = Sources.below(service, ".java").stream()
                .filter(file ->
                        Pattern.compile(others).matcher(Sources.read(file)).find())
                .map(Path::toString)
                .toList();

        // Then
        assertThat(named).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServicesOwnCodeNamesNothingOfTheLocalStack(String service) {
        // When
        List<Path> named = Sources.below(service + "/src/main", ".java").stream()
                .filter(file -> Sources.read(file).contains("dev.quittance.localstack"))
                .toList();

        // Then
        assertThat(named).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void everyPackageSaysWhatItIs(String module) {
        // Given
        Set<Path> folders = Sources.below(module + "/src/main", ".java").stream()
                .map(Path::getParent)
                .collect(Collectors.toSet());

        // When
        List<Path> silent =
                folders.stream().filter(folder -> !isDescribed(folder)).sorted().toList();

        // Then
        assertThat(silent).isEmpty();
    }

    private static boolean isDescribed(Path folder) {
        Path file = folder.resolve("package-info.java");
        if (!Files.exists(file)) {
            return false;
        }
        String text = Sources.read(file);
        return text.startsWith("/**") && text.contains("@NullMarked");
    }

    /** Our own modules among a module's dependencies. */
    private static List<Needed> needs(String module) {
        List<Needed> needs = new ArrayList<>();
        Matcher dependency = DEPENDENCY.matcher(Sources.read(module + "/pom.xml"));
        while (dependency.find()) {
            String text = dependency.group(1);
            if (text.contains("<groupId>dev.quittance</groupId>")) {
                needs.add(new Needed(tag(text, "artifactId", ""), tag(text, "scope", "compile")));
            }
        }
        return needs;
    }

    private static String tag(String text, String name, String otherwise) {
        Matcher tag = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(text);
        return tag.find() ? tag.group(1) : otherwise;
    }
}

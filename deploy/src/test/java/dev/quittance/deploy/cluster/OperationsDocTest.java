package dev.quittance.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever follows docs/operations.md line by line finds what it names. */
class OperationsDocTest {
    private static final Pattern APPLIED = Pattern.compile("-f (k8s/[0-9a-z-]+\\.yaml)");
    private static final Pattern NAMED = Pattern.compile("\\b((?:k8s|deploy|docs)/[A-Za-z0-9/_.-]*[A-Za-z0-9])");
    private static final Path PAGE = Cluster.ROOT.resolve("docs/operations.md");

    @Test
    void everyFileOfK8sIsAppliedOnceAndInOrder() throws IOException {
        // Given
        List<String> files = Cluster.files().stream()
                .map(file -> "k8s/" + file.getFileName())
                .toList();

        // When
        List<String> applied = APPLIED.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();

        // Then
        assertThat(applied).isNotEmpty().containsExactlyElementsOf(files);
    }

    @Test
    void everyFileThatIsNamedIsThere() throws IOException {
        // When
        List<String> named = NAMED.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();

        // Then
        assertThat(named).hasSizeGreaterThan(8).allMatch(name -> Files.exists(Cluster.ROOT.resolve(name)));
    }
}

package dev.quittance.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who searches the logs finds every key explained. */
class LogKeysTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\|", Pattern.MULTILINE);

    @Test
    void theManualHasExactlyTheseKeys() throws IOException {
        // Given
        String manual = Files.readString(
                Path.of(System.getProperty("quittance.root", "..")).resolve("docs/operations.md"));
        String section = manual.substring(manual.indexOf("\n## Logs\n"));

        // When
        Set<String> told = ROW.matcher(section.substring(0, section.indexOf("\n## ", 1)))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(told)
                .isEqualTo(Stream.concat(
                                LogKeys.LINE.stream().filter(key -> !key.equals("fields")),
                                LogKeys.FIELDS.stream().map(key -> "fields." + key))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}

package dev.quittance.endtoend.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key that a message has and the list has not would be lost on the way to whoever searches for it. */
class LogKeysDocTest {
    private static final Pattern CALL = Pattern.compile("LOG\\s*\\.\\w+\\((.*?)\\);", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("[\"\\s](\\w+)=");

    @Test
    void everyKeyOfAMessageIsInTheManual() {
        // Given
        String manual = Sources.read("docs/operations.md");

        // When
        Set<String> used = Stream.concat(Stream.of("foundation", "messaging"), Sources.SERVICES.stream())
                .flatMap(module -> Sources.below(module + "/src/main", ".java").stream())
                .flatMap(file -> CALL.matcher(Sources.read(file)).results())
                .flatMap(call -> KEY.matcher(call.group(1)).results())
                .map(key -> key.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(used)
                .contains("outcome", "errorCode", "eventId")
                .allSatisfy(key -> assertThat(manual).contains("\n| `fields." + key + "` |"));
    }
}

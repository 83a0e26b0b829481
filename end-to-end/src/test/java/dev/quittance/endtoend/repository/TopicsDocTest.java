package dev.quittance.endtoend.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsDocTest {
    @Test
    void thePageListsTheTopicsOfTheCode() {
        // Given
        List<String> expected = Topics.all().stream()
                .map(topic -> "| `%s` | %s | %d | %s | %s |"
                        .formatted(
                                topic.name(),
                                topic.owner(),
                                topic.partitions(),
                                topic.key(),
                                topic.groups().isEmpty() ? "–" : String.join(", ", topic.groups())))
                .toList();

        // When
        List<String> rows = Sources.read("docs/topics.md")
                .lines()
                .filter(line -> line.matches("\\| `[a-z.-]+\\.v[0-9]+` \\|.*"))
                .toList();

        // Then
        assertThat(rows).isNotEmpty().containsExactlyElementsOf(expected);
    }
}

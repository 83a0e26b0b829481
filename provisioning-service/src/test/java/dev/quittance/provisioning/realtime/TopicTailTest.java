package dev.quittance.provisioning.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicTailTest {
    @Test
    void whoeverOnlyLooksCommitsForNobody() {
        // When
        Map<String, Object> settings = TopicTail.settings(Map.of(
                "bootstrap.servers", "b:9093", "security.protocol", "SASL_SSL", "group.id", "provisioning-service"));

        // Then
        assertThat(settings)
                .containsEntry("bootstrap.servers", "b:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("enable.auto.commit", false)
                .doesNotContainKey("group.id");
    }
}

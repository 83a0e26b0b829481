package dev.quittance.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordSenderTest {
    @Test
    void logsInAsTheInstallationSaysAndKeepsWhatIsPromised() {
        // Given
        Map<String, Object> broker =
                Map.of("bootstrap.servers", "b:9093", "security.protocol", "SASL_SSL", "acks", "1", "group.id", "g");

        // When
        Map<String, Object> settings = RecordSender.settings(broker, "billing-ledger");

        // Then
        assertThat(settings)
                .containsEntry("bootstrap.servers", "b:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .doesNotContainKey("group.id");
    }
}

package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeliverySchemaTest {
    @Test
    void theDeliveryTablesAreThoseOfMessaging() throws IOException {
        // Given
        String template = resource("/dev/quittance/messaging/delivery.sql");

        // When
        String ours = resource("/db/migration/V002__delivery.sql");

        // Then
        assertThat(ours).isEqualTo(template.replace("${slice}", "provisioning"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DeliverySchemaTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.quittance.voucher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeliverySchemaTest {
    @Test
    void theDeliveryTablesAreTheOnesThatMessagingKnows() throws IOException {
        // Given
        String template = read("/dev/quittance/messaging/delivery.sql");

        // When
        String copy = read("/db/migration/V002__delivery.sql");

        // Then
        assertThat(copy).isEqualTo(template.replace("${slice}", "voucher"));
    }

    private static String read(String resource) throws IOException {
        try (InputStream stream = DeliverySchemaTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

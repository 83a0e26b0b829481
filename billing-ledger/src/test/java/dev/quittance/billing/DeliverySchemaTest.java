package dev.quittance.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** This slice's delivery tables are messaging's. */
class DeliverySchemaTest {
    @Test
    void theMigrationIsACopy() throws IOException {
        // Given
        String original = read("/dev/quittance/messaging/delivery.sql");

        // When
        String copy = read("/db/migration/V002__delivery.sql");

        // Then
        assertThat(copy).isEqualTo(original.replace("${slice}", "billing"));
    }

    private static String read(String resource) throws IOException {
        try (InputStream stream = Objects.requireNonNull(DeliverySchemaTest.class.getResourceAsStream(resource))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.quittance.ingest.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedBodyTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4_095, 4_096, 4_097, 512 * 1_024})
    void whatIsPackedComesBackByteForByte(int length) {
        // Given: nothing that could be made smaller
        byte[] body = new byte[length];
        new Random(length).nextBytes(body);

        // Then
        assertThat(PackedBody.unpack(PackedBody.pack(body), length)).isEqualTo(body);
    }

    @Test
    void whatRepeatsItselfGetsSmall() {
        byte[] body = "{\"object\": \"charge\", \"amount\": 1999}".repeat(100).getBytes(StandardCharsets.UTF_8);

        assertThat(PackedBody.pack(body).length).isLessThan(body.length / 20);
    }

    @Test
    void aBodyThatIsNotAsLongAsWrittenIsNotShown() {
        byte[] packed = PackedBody.pack(new byte[10]);

        assertThatThrownBy(() -> PackedBody.unpack(packed, 11)).isInstanceOf(IllegalStateException.class);
    }
}

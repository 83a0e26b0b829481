package dev.quittance.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.quittance.ingest.config.WebhookSecrets;
import dev.quittance.ingest.scene.Deliveries;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * No header makes the verifier throw, and none that anybody guesses is verified. In a build the seeds are run; with
 * {@code JAZZER_FUZZ=1} in the environment it is fuzzed.
 */
class SignatureFuzzTest {
    private static final SignatureVerifier VERIFIER = new SignatureVerifier(WebhookSecrets.parse(Deliveries.SECRET));
    private static final byte[] BODY = {'{', '}'};

    @FuzzTest(maxDuration = "10m")
    void header(byte[] bytes) {
        // Given: bytes of a header are Latin-1
        String header = new String(bytes, StandardCharsets.ISO_8859_1);

        // When / Then
        switch (SignatureHeader.parse(header)) {
            case SignatureHeader.Parsed.WellFormed(SignatureHeader parsed) -> {
                assertThat(parsed.epochSeconds()).isNotNegative();
                assertThat(parsed.signatures())
                        .isNotEmpty()
                        .allSatisfy(each -> assertThat(each).hasSize(32));
            }
            case SignatureHeader.Parsed.Malformed(SignatureFault fault) ->
                assertThat(fault.code()).startsWith("signature_");
        }
        assertThat(VERIFIER.verify(BODY, header, Instant.EPOCH)).isInstanceOf(SignatureVerdict.Rejected.class);
    }
}

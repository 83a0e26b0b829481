package dev.quittance.localstack.simulator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private static final String BODY = "{\"id\":\"evt_1\"}";
    private static final String SECRET = "whsec_0123456789abcdef";

    @Test
    void stripesOwnVerifierAcceptsWhatWeSign() throws SignatureVerificationException {
        // When
        String header = WebhookSignature.header(Instant.now(), SECRET, BODY.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(Webhook.Signature.verifyHeader(BODY, header, SECRET, 300)).isTrue();
    }

    @Test
    void anotherBodyDoesNotPass() {
        // When
        String header = WebhookSignature.header(Instant.now(), SECRET, BODY.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThatThrownBy(() -> Webhook.Signature.verifyHeader(BODY + " ", header, SECRET, 300))
                .isInstanceOf(SignatureVerificationException.class);
    }
}

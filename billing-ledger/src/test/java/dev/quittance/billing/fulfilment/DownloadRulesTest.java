package dev.quittance.billing.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fulfilment.DownloadRules.Link;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nobody makes a link but us. */
class DownloadRulesTest {
    private static final byte[] KEY = "a key of our own".getBytes(StandardCharsets.UTF_8);
    private static final Link LINK = new Link(UUID.randomUUID(), 3, Instant.parse("2026-01-31T12:00:00Z"));

    @Test
    void whatWasSignedIsReadAgain() {
        assertThat(DownloadRules.read(DownloadRules.sign(LINK, KEY), KEY)).contains(LINK);
    }

    @Test
    void anotherKeysLinkIsNone() {
        assertThat(DownloadRules.read(DownloadRules.sign(LINK, KEY), "another".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void noBitOfItCanBeAnother() {
        // Given
        byte[] token = Base64.getUrlDecoder().decode(DownloadRules.sign(LINK, KEY));

        // Then
        for (int i = 0; i < token.length; i++) {
            byte[] other = token.clone();
            other[i] ^= 1;
            assertThat(DownloadRules.read(Base64.getUrlEncoder().encodeToString(other), KEY))
                    .as("byte %d", i)
                    .isEmpty();
        }
    }

    @Test
    void whatIsNoTokenIsNone() {
        for (String text : new String[] {"", "x", "%%%", "a".repeat(DownloadRules.TOKEN_MAX + 1), "AAAA"}) {
            assertThat(DownloadRules.read(text, KEY)).isEmpty();
        }
    }
}

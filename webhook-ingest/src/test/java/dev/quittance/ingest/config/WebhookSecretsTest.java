package dev.quittance.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretsTest {
    private static final String GOOD = "whsec_q7Jx2LmV9sTb4WnKe8RpYd3G";
    private static final String OTHER = "whsec_5f0c9a1be7d248369c2fd0a4b8e37165";

    @Test
    void takesOneSecretOrSeveralWithTheirPrefix() {
        assertThat(WebhookSecrets.parse(GOOD).keys()).containsExactly(GOOD.getBytes(StandardCharsets.US_ASCII));
        assertThat(WebhookSecrets.parse(" " + GOOD + " , " + OTHER).keys())
                .containsExactly(GOOD.getBytes(StandardCharsets.US_ASCII), OTHER.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                ",",
                "whsec_",
                "whsec_q7Jx2LmV9sTb4WnKe8RpYd3",
                "q7Jx2LmV9sTb4WnKe8RpYd3Gq7Jx2LmV9sTb4WnKe8RpYd3G",
                "sk_test_q7Jx2LmV9sTb4WnKe8RpYd3G",
                "WHSEC_q7Jx2LmV9sTb4WnKe8RpYd3G",
                "whsec_changeme_changeme_changeme",
                "whsec_your_webhook_secret_goes_here",
                "whsec_PLACEHOLDER_PLACEHOLDER_1234",
                "whsec_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "whsec_00000000000000000000000000000000",
                "whsec_abcabcabcabcabcabcabcabcabcabc",
                "whsec_q7Jx2LmV9sTb4WnKe8 pYd3G12",
                "whsec_q7Jx2LmV9sTb4WnKe8\u00fcpYd3G12",
                GOOD + ",",
                GOOD + ",,",
                GOOD + ",whsec_short"
            })
    void refusesWhatAnybodyCouldGuess(String secrets) {
        assertThatThrownBy(() -> WebhookSecrets.parse(secrets))
                .isInstanceOf(WebhookSecrets.UnusableSecretException.class)
                .hasMessageStartingWith("Refusing to start: QUITTANCE_STRIPE_WEBHOOK_SECRETS");
    }

    @Test
    void neverQuotesTheSecret() {
        assertThatThrownBy(() -> WebhookSecrets.parse(GOOD + ",whsec_tooShortButTyped"))
                .hasMessageContaining("secret 2 of 2")
                .hasMessageNotContaining("tooShortButTyped")
                .hasMessageNotContaining(GOOD);
    }

    @Test
    void refusesMoreSecretsThanARollNeeds() {
        assertThatThrownBy(() -> WebhookSecrets.parse((GOOD + ",").repeat(8) + GOOD))
                .hasMessageContaining("more than 8");
    }
}

package dev.quittance.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import dev.quittance.ingest.config.WebhookSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryRulesTest {
    private static final String SECRET = "whsec_q7Jx2LmV9sTb4WnKe8RpYd3G";
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | false | accepted",
                "true | true | accepted",
                "true | false | set_aside",
                "false | true | set_aside",
                "false | \"false\" | set_aside",
                "true | \"true\" | set_aside",
                "false | null | set_aside",
                "false | 0 | set_aside"
            })
    @DisplayName("A9: only events of this livemode have an effect")
    void onlyEventsOfThisLivemodeHaveAnEffect(boolean livemode, String sent, String outcome)
            throws GeneralSecurityException {
        assertThat(decide("{'id':'evt_1','type':'charge.succeeded','livemode':" + sent + "}", livemode)
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void anEventWithoutLivemodeIsSetAside() throws GeneralSecurityException {
        assertThat(decide("{'id':'evt_1','type':'charge.succeeded'}", false).outcome())
                .isEqualTo("set_aside");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'evt_1','type':'llama.created','livemode':false}",
                "{'id':'evt_1','type':'recipient.created','livemode':false,'api_version':'2011-06-28'}",
                "{'id':'evt_1','type':'a.b','livemode':false,'api_version':'2099-10-10.the_larch'}",
                "{'id':'evt_1','type':'a.b','livemode':false,'api_version':null,'data':{'object':{'object':'llama'}}}",
                "{'id':'evt_1','type':'a.b','livemode':false,'account':'acct_1','data':{'object':{'id':'x'}}}"
            })
    @DisplayName("A10, A11, A14: unknown types, versions and objects of others are accepted")
    void unknownTypesVersionsAndObjectsAreAccepted(String body) throws GeneralSecurityException {
        assertThat(decide(body, false).outcome()).isEqualTo("accepted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thin_event | {'id':'evt_1','object':'v2.core.event','type':'v2.core.account.updated','livemode':false}",
                "no_event_id | {'version':'0','id':'6a7e8feb-b491','detail-type':'charge.succeeded','source':'aws'}",
                "not_an_object | [{'id':'6a7e8feb','eventType':'charge.succeeded','data':{}}]",
                "empty_body | ''",
                "malformed_json | {'id':",
                "trailing_data | {'id':'evt_1','type':'a.b'}[",
                "not_an_event | {'id':'evt_1','object':'charge','type':'a.b'}",
                "malformed_account | {'id':'evt_1','type':'a.b','livemode':false,'account':{}}"
            })
    void whatIsSignedButNoEventForThisUrlIsABadRequest(String code, String body) throws GeneralSecurityException {
        // When
        DeliveryVerdict verdict = decide(body, false);

        // Then
        assertThat(verdict.outcome()).isEqualTo(code);
        assertThat(((DeliveryVerdict.Refused) verdict).problem().status()).isEqualTo(400);
    }

    @Test
    @DisplayName("A15: a thin event is told where it belongs")
    void aThinEventIsToldWhereItBelongs() throws GeneralSecurityException {
        // When
        DeliveryVerdict verdict =
                decide("{'id':'evt_1','object':'v2.core.event','type':'v2.core.account.updated'}", false);

        // Then
        assertThat(((DeliveryVerdict.Refused) verdict).problem().detail()).contains("thin event URL");
    }

    @Test
    void nothingUnsignedIsLookedInto() {
        // Given
        DeliveryRules rules = rules(false);

        // Then
        assertThat(rules.decide("{".getBytes(StandardCharsets.UTF_8), "t=1,v0=1", NOW)
                        .outcome())
                .isEqualTo("signature_v1_missing");
        assertThat(rules.decide(null, null, NOW).outcome()).isEqualTo("signature_header_missing");
    }

    @Test
    void theBodyLimitIsExact() {
        // Given
        DeliveryRules rules = rules(false);

        // Then
        assertThat(rules.decide(new byte[DeliveryRules.BODY_BYTES_MAX], null, NOW)
                        .outcome())
                .isEqualTo("signature_header_missing");
        assertThat(rules.decide(new byte[DeliveryRules.BODY_BYTES_MAX + 1], null, NOW)
                        .outcome())
                .isEqualTo("body_too_large");
    }

    private static DeliveryVerdict decide(String template, boolean livemode) throws GeneralSecurityException {
        String body = template.replace('\'', '"');
        String header = Webhook.Signature.generateSignatureHeader(body, SECRET, NOW.getEpochSecond());
        return rules(livemode).decide(body.getBytes(StandardCharsets.UTF_8), header, NOW);
    }

    private static DeliveryRules rules(boolean livemode) {
        return new DeliveryRules(new SignatureVerifier(WebhookSecrets.parse(SECRET)), livemode);
    }
}

package dev.quittance.contracts.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderingKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cus_1 | {'object':'charge','id':'ch_1','customer':'cus_1','payment_intent':'pi_1'}",
                "cus_1 | {'object':'customer','id':'cus_1'}",
                "cus_1 | {'object':'payment_intent','id':'pi_1','customer':{'id':'cus_1'}}",
                "pi_1 | {'object':'payment_intent','id':'pi_1','customer':null}",
                "pi_1 | {'object':'refund','id':'re_1','payment_intent':'pi_1'}",
                "pi_1 | {'object':'checkout.session','id':'cs_1','payment_intent':'pi_1','subscription':'sub_1'}",
                "sub_1 | {'object':'subscription','id':'sub_1'}",
                "cus_1 | {'object':'subscription','id':'sub_1','customer':'cus_1'}",
                "sub_1 | {'object':'invoice','id':'in_1','parent':{'subscription_details':{'subscription':'sub_1'}}}",
                "prod_1 | {'object':'product','id':'prod_1'}",
                "balance | {'object':'balance'}",
                "evt_1 | {}"
            })
    void theWidestPartyThatTheEventNamesDecides(String key, String object) {
        assertThat(OrderingKey.of(envelope("", object)).value()).isEqualTo(key);
    }

    @Test
    @DisplayName("A12: the same id on two accounts is two keys")
    void theSameIdOnTwoAccountsIsTwoKeys() {
        // Given
        String object = "{'object':'customer','id':'cus_1'}";

        // When
        OrderingKey ours = OrderingKey.of(envelope("", object));
        OrderingKey theirs = OrderingKey.of(envelope(",'account':'acct_1'", object));

        // Then
        assertThat(ours.value()).isEqualTo("cus_1");
        assertThat(theirs.value()).isEqualTo("acct_1/cus_1");
    }

    private static StripeEnvelope envelope(String more, String object) {
        String json = "{'id':'evt_1','type':'a.b'" + more + ",'data':{'object':" + object + "}}";
        EnvelopeVerdict verdict = StripeEnvelope.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return ((EnvelopeVerdict.Readable) verdict).envelope();
    }
}

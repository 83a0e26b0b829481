package dev.quittance.ingest.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MaskRulesTest {
    @Test
    @DisplayName("A18: what could be personal is hidden, also in fields that nobody has heard of")
    void onlyWhatIsKnownToBeHarmlessIsShown() {
        // When
        String masked = mask("""
                {"id":"evt_1","type":"charge.succeeded","created":1763633730,"data":{"object":{"id":"ch_3Pq","object":"charge",
                 "amount":1999,"currency":"eur","customer":"cus_9","receipt_email":"ann@example.com","billing_details":
                 {"name":"pi_but","email":"x@y.z","address":{"line1":"Street 1","city":"Graz"},"phone":null},"paid":true,
                 "client_secret":"pi_1_secret_abc","new_field":"Ann Other","tags":["Ann",5],
                 "metadata":{"user":"cus_9","type":"gift"},"payment_method_types":["card"]}}}
                """);

        // Then
        assertThat(masked)
                .contains(
                        "\"id\":\"ch_3Pq\"",
                        "\"customer\":\"cus_9\"",
                        "\"amount\":1999",
                        "\"currency\":\"eur\"",
                        "\"paid\":true",
                        "\"phone\":null",
                        "[\"card\"]",
                        "\"tags\":[\"***\",5]",
                        "\"metadata\":{\"user\":\"***\",\"type\":\"***\"}")
                .doesNotContain("ann@", "x@y", "Street", "Graz", "secret_abc", "Ann");
    }

    @Test
    void numbersStayAsTheyWere() {
        assertThat(mask("{\"amount\":9007199254740993,\"rate\":0.15}"))
                .isEqualTo("{\"amount\":9007199254740993,\"rate\":0.15}");
    }

    private static String mask(String body) {
        return MaskRules.mask(body.getBytes(StandardCharsets.UTF_8));
    }
}

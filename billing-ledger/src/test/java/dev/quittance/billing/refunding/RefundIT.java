package dev.quittance.billing.refunding;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A refund that an operator asks for is one refund at Stripe. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class RefundIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String key = UUID.randomUUID().toString();
    private final String charge = "ch_" + key.substring(0, 8);
    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void theSameKeyIsOneRefundAndTheBooksWaitForTheEvent() throws SQLException {
        // Given
        String body = "{\"charge\":\"" + charge + "\",\"amountMinor\":500,\"reason\":\"duplicate\"}";

        // When
        String first = refund(key, body)
                .statusCode(200)
                .body("state", equalTo("made"))
                .body("refundId", startsWith("re_"))
                .extract()
                .asString();
        String again = refund(key, body).statusCode(200).extract().asString();

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(StripeDouble.refunds(charge))
                .singleElement()
                .asString()
                .contains("amount=500")
                .contains("reason=duplicate");
        assertThat(ledger.rows("select 1 from billing.journal_entries where business_key like 'refund%'"))
                .isEmpty();
        refund(key, "{\"charge\":\"" + charge + "\",\"amountMinor\":501}")
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    @DisplayName("F15: our own refund call gets no answer and is repeated")
    void anAnswerThatIsLostIsOneRefund() {
        // Given
        String body = "{\"charge\":\"" + charge + "lost\"}";

        // When
        refund(key, body).statusCode(202).body("state", equalTo("asked"));
        refund(key, body).statusCode(200).body("state", equalTo("made"));

        // Then
        assertThat(StripeDouble.refunds(charge)).hasSize(1);
    }

    @Test
    @DisplayName("F15: nobody repeats the call that got no answer")
    void theJobAsksAgainUnderTheSameKey() {
        // When
        refund(key, "{\"paymentIntent\":\"" + charge + "lost\"}").statusCode(202);

        // Then
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows(
                                "select state from billing.refund_requests where idempotency_key = '" + key + "'"))
                        .containsExactly("made"));
        assertThat(StripeDouble.refunds(charge)).hasSize(1);
    }

    @Test
    void whatStripeRefusesIsToldAndNotAskedAgain() {
        // Given
        String body = "{\"charge\":\"" + charge + "disputed\"}";

        // Then
        for (int i = 0; i < 2; i++) {
            refund(key, body)
                    .statusCode(409)
                    .body("code", equalTo("REFUND_REFUSED"))
                    .body("reason", equalTo("charge_disputed"));
        }
    }

    @Test
    void onlyAnOperatorRefundsAndOnlyWhatIsARequest() {
        given().auth()
                .oauth2(StripeDouble.userToken(UUID.randomUUID()))
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\"charge\":\"ch_1\"}")
                .post("/api/admin/refunds")
                .then()
                .statusCode(403);
        for (String body : List.of(
                "",
                "{}",
                "{\"charge\":\"ch_1\",\"paymentIntent\":\"pi_1\"}",
                "{\"charge\":\"../x\"}",
                "{\"charge\":\"ch_1\",\"amountMinor\":0}",
                "{\"charge\":\"ch_1\",\"amountMinor\":1.5}",
                "{\"charge\":\"ch_1\",\"reason\":\"mood\"}")) {
            refund(key, body).statusCode(400).body("code", equalTo("BAD_REQUEST"));
        }
    }

    private static ValidatableResponse refund(String key, String body) {
        return given().auth()
                .oauth2(StripeDouble.operatorToken())
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/api/admin/refunds")
                .then();
    }
}

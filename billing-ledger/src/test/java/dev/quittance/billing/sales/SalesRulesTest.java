package dev.quittance.billing.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.fact.Facts;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.MoneyIn;
import dev.quittance.messaging.inbox.EventId;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever Stripe says is counted as one of a few things. */
class SalesRulesTest {
    private static final String DECLINED =
            "\"status\":\"failed\",\"paid\":false,\"captured\":false,\"amount_captured\":0,\"amount_refunded\":0";

    private static final String PAID =
            "\"status\":\"succeeded\",\"paid\":true,\"captured\":true,\"amount_captured\":1500,\"amount_refunded\":0";

    @ParameterizedTest
    @CsvSource({"expired_card,expired_card", "invented_tomorrow,other", "' ; drop table',other"})
    void aFailureIsCountedByAReasonOfTheList(String code, String counted) {
        // Given
        Event event = MoneyIn.charge("failed", 1, "1", DECLINED + ",\"failure_code\":\"" + code + "\"");

        // Then
        assertThat(SalesRules.charge(event.type(), fact(event)).map(SalesRules.Charge::result))
                .contains(counted);
    }

    @Test
    void aFailureWithoutACodeIsCountedToo() {
        // Given
        Event event = MoneyIn.charge("failed", 1, "1", DECLINED);

        // Then
        assertThat(SalesRules.charge(event.type(), fact(event)).map(SalesRules.Charge::result))
                .contains("other");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"type\":\"card\",\"card\":{\"brand\":\"visa\",\"wallet\":null}}',card",
        "'{\"type\":\"card\",\"card\":{\"brand\":\"visa\",\"wallet\":{\"type\":\"apple_pay\"}}}',wallet",
        "'{\"type\":\"link\",\"link\":{}}',wallet",
        "'{\"type\":\"sepa_debit\",\"sepa_debit\":{\"last4\":\"3000\"}}',bank_debit",
        "'{\"type\":\"ideal\",\"ideal\":{}}',bank_redirect",
        "'{\"type\":\"customer_balance\"}',bank_transfer",
        "'{\"type\":\"klarna\"}',later",
        "'{\"type\":\"boleto\"}',pay_slip",
        "'{\"type\":\"pix\"}',real_time",
        "'{\"type\":\"invented_tomorrow\"}',other",
        "'{}',other",
        "null,other"
    })
    void aPaymentIsCountedByWhatItWasMadeWith(String details, String counted) {
        // Given
        Event event = MoneyIn.charge("succeeded", 1, "1", PAID + ",\"payment_method_details\":" + details);

        // Then
        assertThat(SalesRules.charge(event.type(), fact(event)))
                .contains(new SalesRules.Charge("succeeded", PaidWith.valueOf(counted.toUpperCase(Locale.ROOT))));
    }

    @ParameterizedTest
    @CsvSource({
        "expired,payment,abandoned",
        "async_payment_failed,payment,failed",
        "completed,subscription,paid",
        "completed,payment,",
        "completed,setup,"
    })
    void aCheckoutIsCountedByItsEnd(String type, String mode, String counted) {
        // Given
        Event event = MoneyIn.session(type, 1, "1", type.equals("expired") ? "expired" : "complete", "unpaid", "")
                .with("\"mode\":\"payment\"", "\"mode\":\"" + mode + "\"");

        // Then
        assertThat(SalesRules.checkout(event.type(), fact(event)).orElse(null)).isEqualTo(counted);
    }

    @Test
    void nothingElseIsCounted() {
        // Given
        Event intent = MoneyIn.intentSucceeded(1, "1");

        // Then
        assertThat(SalesRules.charge(intent.type(), fact(intent))).isEmpty();
        assertThat(SalesRules.checkout(intent.type(), fact(intent))).isEmpty();
    }

    private static BillingFact fact(Event event) {
        Incoming incoming = new Incoming(
                new EventId("", event.id()),
                event.type(),
                event.topic(),
                event.key(),
                event.body(),
                new byte[32],
                null);
        if (Facts.read(incoming) instanceof Reading.Relevant<BillingFact> relevant) {
            return relevant.fact();
        }
        throw new AssertionError("not relevant: " + event.type());
    }
}

package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payment intents without a checkout, with Stripe's test payment methods. */
class PaymentIntentIT {
    private TestShop shop;

    @BeforeEach
    void start() throws IOException {
        shop = new TestShop(0);
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    private PaymentIntent create() throws Exception {
        return shop.stripe()
                .v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(1200L)
                        .setCurrency("eur")
                        .putMetadata("order", "7")
                        .build());
    }

    private PaymentIntent confirm(PaymentIntent intent, String method) throws Exception {
        return shop.stripe()
                .v1()
                .paymentIntents()
                .confirm(
                        intent.getId(),
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod(method)
                                .build());
    }

    @Test
    void aCardPaysOrIsDeclined() throws Exception {
        // Given
        PaymentIntent declined = create();

        // When
        assertThatThrownBy(() -> confirm(declined, "pm_card_visa_chargeDeclined"))
                .isInstanceOfSatisfying(CardException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo("card_declined");
                    assertThat(refused.getDeclineCode()).isEqualTo("generic_decline");
                    assertThat(refused.getCharge()).startsWith("ch_");
                });
        PaymentIntent paid = confirm(declined, "pm_card_visa");

        // Then
        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(paid.getAmountReceived()).isEqualTo(1200);
        assertThat(shop.stripe().v1().charges().retrieve(paid.getLatestCharge()).getMetadata())
                .containsEntry("order", "7");
        assertThatThrownBy(() -> confirm(paid, "pm_card_visa"))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("payment_intent_unexpected_state"));
    }

    @Test
    void aChallengedCardWaitsForItsHolder() throws Exception {
        // Given
        PaymentIntent challenged = confirm(create(), "pm_card_threeDSecure2Required");

        // When
        shop.control("/_sim/payments/" + challenged.getId() + "/authenticate", "");

        // Then
        assertThat(challenged.getStatus()).isEqualTo("requires_action");
        assertThat(shop.stripe()
                        .v1()
                        .paymentIntents()
                        .retrieve(challenged.getId())
                        .getStatus())
                .isEqualTo("succeeded");
    }

    @Test
    void aDebitIsProcessedAndAnOpenIntentCanBeCanceled() throws Exception {
        // When
        PaymentIntent processing = confirm(create(), "pm_sepaDebit");
        PaymentIntent canceled = shop.stripe().v1().paymentIntents().cancel(create().getId());
        shop.control("/_sim/clock/advance", "{\"days\":4}");

        // Then
        assertThat(processing.getStatus()).isEqualTo("processing");
        assertThat(shop.stripe()
                        .v1()
                        .paymentIntents()
                        .retrieve(processing.getId())
                        .getStatus())
                .isEqualTo("succeeded");
        assertThat(canceled.getStatus()).isEqualTo("canceled");
    }
}

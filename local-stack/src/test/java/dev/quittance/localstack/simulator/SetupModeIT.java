package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Customer;
import com.stripe.model.SetupIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checkout that keeps a card, and sells nothing. */
class SetupModeIT {
    private TestShop shop;
    private StripeClient stripe;

    @BeforeEach
    void start() throws IOException {
        shop = new TestShop(0);
        stripe = shop.stripe();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void theCardIsKeptAndNothingIsPaid() throws Exception {
        // Given
        Customer customer = stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setEmail("ada@example.com")
                        .build());
        String before = shop.lastEvent();
        Session session = create(params().setCustomer(customer.getId()));

        // When
        shop.post(session.getUrl(), "action=decline&email=ada%40example.com&name=Ada");
        shop.post(session.getUrl(), "action=pay&email=ada%40example.com&name=Ada");

        // Then
        Session done = stripe.v1().checkout().sessions().retrieve(session.getId());
        assertThat(done.getStatus()).isEqualTo("complete");
        assertThat(done.getPaymentStatus()).isEqualTo("no_payment_required");
        assertThat(done.getPaymentIntent()).isNull();
        assertThat(done.getAmountTotal()).isNull();
        SetupIntent intent = stripe.v1().setupIntents().retrieve(done.getSetupIntent());
        assertThat(intent.getStatus()).isEqualTo("succeeded");
        assertThat(intent.getCustomer()).isEqualTo(customer.getId());
        assertThat(stripe.v1()
                        .paymentMethods()
                        .retrieve(intent.getPaymentMethod())
                        .getCustomer())
                .isEqualTo(customer.getId());
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "setup_intent.created",
                        "setup_intent.setup_failed",
                        "payment_method.attached",
                        "customer.updated",
                        "setup_intent.succeeded",
                        "checkout.session.completed");
    }

    @Test
    void aPageThatExpiresEndsItsIntent() throws Exception {
        // Given
        Session session = create(params());

        // When
        stripe.v1().checkout().sessions().expire(session.getId());

        // Then
        assertThat(stripe.v1().setupIntents().retrieve(session.getSetupIntent()).getStatus())
                .isEqualTo("canceled");
        assertThatThrownBy(() -> stripe.v1().setupIntents().cancel(session.getSetupIntent()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("setup_intent_unexpected_state"));
    }

    private static SessionCreateParams.Builder params() {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SETUP)
                .setCurrency("eur")
                .setSuccessUrl("http://127.0.0.1/ok");
    }

    private Session create(SessionCreateParams.Builder params) throws Exception {
        return stripe.v1().checkout().sessions().create(params.build());
    }
}

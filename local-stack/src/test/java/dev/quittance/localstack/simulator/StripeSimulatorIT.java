package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.LineItem;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.checkout.SessionLineItemListParams;
import com.stripe.param.checkout.SessionListParams;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stripe's own client and Stripe's own signature check against the simulator. */
class StripeSimulatorIT {
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
    void aPurchaseThroughStripesClientTellsItsWholeStoryByWebhook() throws Exception {
        // Given
        Session session = shop.session();

        // When
        HttpResponse<String> page = shop.get(session.getUrl());
        HttpResponse<String> paid = shop.post(session.getUrl(), "action=pay&email=ada%40example.com&name=Ada");

        // Then
        assertThat(page.body()).contains("Voucher for one month").contains("31.50 EUR");
        assertThat(paid.statusCode()).isEqualTo(303);
        assertThat(paid.headers().firstValue("Location")).hasValue("http://127.0.0.1/ok?s=" + session.getId());
        Session completed = stripe.v1().checkout().sessions().retrieve(session.getId());
        assertThat(completed.getPaymentStatus()).isEqualTo("paid");
        assertThat(completed.getCustomer()).startsWith("cus_");
        await().untilAsserted(() -> assertThat(shop.taken())
                .contains(
                        "product.created",
                        "price.created",
                        "customer.created",
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "checkout.session.completed",
                        "charge.updated"));
        Charge charge = stripe.v1()
                .charges()
                .retrieve(stripe.v1()
                        .paymentIntents()
                        .retrieve(completed.getPaymentIntent())
                        .getLatestCharge());
        BalanceTransaction transaction = stripe.v1().balanceTransactions().retrieve(charge.getBalanceTransaction());
        assertThat(transaction.getAmount()).isEqualTo(3150);
        assertThat(transaction.getFee()).isEqualTo(72);
        assertThat(transaction.getNet()).isEqualTo(3078);
    }

    @Test
    void lineItemsComeInPagesWithTheirProductsExpanded() throws Exception {
        // Given
        Session session = shop.session();
        SessionLineItemListParams page = SessionLineItemListParams.builder()
                .setLimit(1L)
                .addExpand("data.price.product")
                .build();

        // When
        StripeCollection<LineItem> first =
                stripe.v1().checkout().sessions().lineItems().list(session.getId(), page);

        // Then
        assertThat(first.getHasMore()).isTrue();
        assertThat(first.getData().getFirst().getPrice().getProductObject().getMetadata())
                .containsEntry("voucher_months", "1");
        assertThat(first.autoPagingIterable()).hasSize(2);
    }

    @Test
    void aSessionIsFoundByItsPaymentIntent() throws Exception {
        // Given
        Session session = shop.session();
        shop.post(session.getUrl(), "action=pay&email=ada%40example.com");
        String intent =
                stripe.v1().checkout().sessions().retrieve(session.getId()).getPaymentIntent();

        // When
        StripeCollection<Session> found = stripe.v1()
                .checkout()
                .sessions()
                .list(SessionListParams.builder().setPaymentIntent(intent).build());

        // Then
        assertThat(found.getData()).extracting(Session::getId).containsExactly(session.getId());
    }

    @Test
    void anIdempotencyKeyMakesOneObjectAndRefusesAnotherRequest() throws Exception {
        // Given
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("once").build();
        CustomerCreateParams ada =
                CustomerCreateParams.builder().setEmail("ada@example.com").build();
        CustomerCreateParams bob =
                CustomerCreateParams.builder().setEmail("bob@example.com").build();

        // When
        String first = stripe.v1().customers().create(ada, key).getId();
        String second = stripe.v1().customers().create(ada, key).getId();

        // Then
        assertThat(second).isEqualTo(first);
        assertThatThrownBy(() -> stripe.v1().customers().create(bob, key)).isInstanceOf(IdempotencyException.class);
    }

    @Test
    void refusalsHaveStripesShape() {
        assertThatThrownBy(() -> shop.client("sk_test_other").v1().customers().retrieve("cus_1"))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> stripe.v1().customers().retrieve("cus_unknown"))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(404);
                    assertThat(refused.getCode()).isEqualTo("resource_missing");
                });
        assertThatThrownBy(() -> stripe.v1()
                        .prices()
                        .create(PriceCreateParams.builder()
                                .setCurrency("eur")
                                .setUnitAmount(1L)
                                .build()))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo("parameter_missing");
                    assertThat(refused.getParam()).isEqualTo("product");
                });
    }

    @Test
    void aProductIsDeletedWhenItHasNoPrice() throws Exception {
        // Given
        String sold = shop.stripe()
                .v1()
                .prices()
                .retrieve(stripe.v1()
                        .checkout()
                        .sessions()
                        .lineItems()
                        .list(shop.session().getId())
                        .getData()
                        .getFirst()
                        .getPrice()
                        .getId())
                .getProduct();
        String unsold = stripe.v1()
                .products()
                .create(ProductCreateParams.builder().setName("Nothing").build())
                .getId();

        // When
        boolean isDeleted = stripe.v1().products().delete(unsold).getDeleted();

        // Then
        assertThat(isDeleted).isTrue();
        assertThatThrownBy(() -> stripe.v1().products().retrieve(unsold)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> stripe.v1().products().delete(sold)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void anExpiredSessionCannotBePaid() throws Exception {
        // Given
        Session session = shop.session();
        String url = session.getUrl();

        // When
        Session expired = stripe.v1().checkout().sessions().expire(session.getId());

        // Then
        assertThat(expired.getStatus()).isEqualTo("expired");
        assertThat(shop.post(url, "action=pay&email=ada%40example.com").statusCode())
                .isEqualTo(400);
    }
}

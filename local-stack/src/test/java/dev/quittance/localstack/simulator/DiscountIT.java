package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Coupon;
import com.stripe.model.PaymentIntent;
import com.stripe.model.TaxRate;
import com.stripe.model.checkout.Session;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.TaxRateCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a coupon takes off and a tax adds is in the session, its lines and its payment alike. */
class DiscountIT {
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
    void aCouponTakesItsShareOffEveryLineAndOffThePayment() throws Exception {
        // Given
        Coupon coupon = stripe.v1()
                .coupons()
                .create(CouponCreateParams.builder()
                        .setPercentOff(new BigDecimal("33.3"))
                        .setMaxRedemptions(1L)
                        .build());

        // When
        Session session = pay(create(params(1000, 1000).addDiscount(discount(coupon))));

        // Then
        assertThat(session.getAmountSubtotal()).isEqualTo(2000);
        assertThat(session.getAmountTotal()).isEqualTo(1334);
        assertThat(session.getTotalDetails().getAmountDiscount()).isEqualTo(666);
        assertThat(session.getDiscounts().getFirst().getCoupon()).isEqualTo(coupon.getId());
        assertThat(stripe.v1()
                        .checkout()
                        .sessions()
                        .lineItems()
                        .list(session.getId())
                        .getData())
                .extracting(line -> line.getAmountDiscount() + " " + line.getAmountTotal())
                .containsExactly("333 667", "333 667");
        PaymentIntent intent = stripe.v1().paymentIntents().retrieve(session.getPaymentIntent());
        assertThat(intent.getAmountReceived()).isEqualTo(1334);
        assertThat(stripe.v1().coupons().retrieve(coupon.getId()).getTimesRedeemed())
                .isEqualTo(1);
        assertThatThrownBy(() -> create(params(1000, 1000).addDiscount(discount(coupon))))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("coupon_expired"));
    }

    @Test
    @DisplayName("E6: a coupon for everything leaves nothing to pay, and no payment")
    void aCouponForEverythingLeavesNothingToPay() throws Exception {
        // Given
        Coupon coupon = stripe.v1()
                .coupons()
                .create(CouponCreateParams.builder()
                        .setAmountOff(99_999L)
                        .setCurrency("eur")
                        .build());

        // When
        Session session = pay(create(params(1000, 500).addDiscount(discount(coupon))));

        // Then
        assertThat(session.getAmountTotal()).isZero();
        assertThat(session.getPaymentStatus()).isEqualTo("no_payment_required");
        assertThat(session.getPaymentIntent()).isNull();
        assertThat(session.getTotalDetails().getAmountDiscount()).isEqualTo(1500);
    }

    @Test
    void aTaxIsAddedOrIncludedAsItsRateSays() throws Exception {
        // Given
        TaxRate added = rate("19", false);
        TaxRate included = rate("7", true);

        // When
        Session session = pay(create(SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl("http://127.0.0.1/ok")
                .addLineItem(line(1000).addTaxRate(added.getId()).build())
                .addLineItem(line(1070).addTaxRate(included.getId()).build())));

        // Then
        assertThat(session.getAmountSubtotal()).isEqualTo(2070);
        assertThat(session.getTotalDetails().getAmountTax()).isEqualTo(260);
        assertThat(session.getAmountTotal()).isEqualTo(2260);
        assertThat(stripe.v1()
                        .paymentIntents()
                        .retrieve(session.getPaymentIntent())
                        .getAmount())
                .isEqualTo(2260);
        assertThat(shop.happenedSince(null)).contains("tax_rate.created");
    }

    @Test
    void automaticTaxIsComplete() throws Exception {
        // When
        Session session = create(params(1000, 1000)
                .setAutomaticTax(SessionCreateParams.AutomaticTax.builder()
                        .setEnabled(true)
                        .build()));

        // Then
        assertThat(session.getAutomaticTax().getStatus()).isEqualTo("complete");
        assertThat(session.getTotalDetails().getAmountTax()).isEqualTo(380);
        assertThat(session.getAmountTotal()).isEqualTo(2380);
    }

    private TaxRate rate(String percentage, boolean inclusive) throws Exception {
        return stripe.v1()
                .taxRates()
                .create(TaxRateCreateParams.builder()
                        .setDisplayName("VAT")
                        .setInclusive(inclusive)
                        .setPercentage(new BigDecimal(percentage))
                        .build());
    }

    private static SessionCreateParams.Discount discount(Coupon coupon) {
        return SessionCreateParams.Discount.builder().setCoupon(coupon.getId()).build();
    }

    private static SessionCreateParams.Builder params(long one, long other) {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl("http://127.0.0.1/ok")
                .addLineItem(line(one).build())
                .addLineItem(line(other).build());
    }

    private static LineItem.Builder line(long amount) {
        return LineItem.builder()
                .setQuantity(1L)
                .setPriceData(LineItem.PriceData.builder()
                        .setCurrency("eur")
                        .setUnitAmount(amount)
                        .setProductData(LineItem.PriceData.ProductData.builder()
                                .setName("Print")
                                .build())
                        .build());
    }

    private Session create(SessionCreateParams.Builder params) throws Exception {
        return stripe.v1().checkout().sessions().create(params.build());
    }

    private Session pay(Session session) throws Exception {
        shop.post(session.getUrl(), "action=pay&email=ada%40example.com&name=Ada");
        return stripe.v1().checkout().sessions().retrieve(session.getId());
    }
}

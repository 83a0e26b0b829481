package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Refund;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refund shows on itself, its charge, the balance and the events alike, whatever becomes of it. */
class RefundIT {
    private TestShop shop;
    private StripeClient stripe;
    private Charge charge;
    private String before;

    @BeforeEach
    void start() throws Exception {
        shop = new TestShop(0);
        stripe = shop.stripe();
        charge = shop.buy();
        before = shop.lastEvent();
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    private Refund refund(long amount) throws Exception {
        return stripe.v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setCharge(charge.getId())
                        .setAmount(amount)
                        .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                        .build());
    }

    private Charge chargeNow() throws Exception {
        return stripe.v1().charges().retrieve(charge.getId());
    }

    @Test
    void partsOfAChargeAreGivenBackUntilNothingIsLeft() throws Exception {
        // When
        Refund part = refund(1000);
        boolean isRefundedByPart = chargeNow().getRefunded();
        Refund rest = stripe.v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(charge.getPaymentIntent())
                        .build());

        // Then
        assertThat(part.getStatus()).isEqualTo("succeeded");
        assertThat(isRefundedByPart).isFalse();
        assertThat(rest.getAmount()).isEqualTo(2150);
        assertThat(chargeNow().getAmountRefunded()).isEqualTo(3150);
        assertThat(chargeNow().getRefunded()).isTrue();
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "refund.created",
                        "charge.refunded",
                        "refund.updated",
                        "charge.refund.updated",
                        "refund.created",
                        "charge.refunded",
                        "refund.updated",
                        "charge.refund.updated");
        BalanceTransaction booked = stripe.v1().balanceTransactions().retrieve(part.getBalanceTransaction());
        assertThat(booked.getAmount()).isEqualTo(-1000);
        assertThat(booked.getNet()).isEqualTo(-1000);
        assertThat(booked.getType()).isEqualTo("refund");
        assertThat(booked.getSource()).isEqualTo(part.getId());
        assertThat(stripe.v1()
                        .refunds()
                        .list(RefundListParams.builder()
                                .setCharge(charge.getId())
                                .build())
                        .getData())
                .extracting(Refund::getId)
                .containsExactly(rest.getId(), part.getId());
        assertThat(stripe.v1()
                        .refunds()
                        .list(RefundListParams.builder()
                                .setPaymentIntent("pi_other")
                                .build())
                        .getData())
                .isEmpty();
    }

    @Test
    void moreThanIsLeftIsRefused() throws Exception {
        // Given
        refund(3000);

        // Then
        assertThatThrownBy(() -> refund(151)).isInstanceOf(InvalidRequestException.class);
        refund(150);
        assertThatThrownBy(() -> refund(1))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("charge_already_refunded"));
        assertThatThrownBy(() -> stripe.v1()
                        .refunds()
                        .create(RefundCreateParams.builder().build()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("parameter_missing"));
    }

    @Test
    void aPendingRefundFailsAndTheMoneyIsBack() throws Exception {
        // Given
        shop.control("/_sim/refunds/first_status", "{\"status\":\"pending\"}");
        Refund pending = refund(3150);

        // When
        shop.control("/_sim/refunds/" + pending.getId() + "/fail", "{\"reason\":\"lost_or_stolen_card\"}");

        // Then
        Refund failed = stripe.v1().refunds().retrieve(pending.getId());
        assertThat(pending.getStatus()).isEqualTo("pending");
        assertThat(failed.getStatus()).isEqualTo("failed");
        assertThat(failed.getFailureReason()).isEqualTo("lost_or_stolen_card");
        assertThat(chargeNow().getRefunded()).isFalse();
        assertThat(chargeNow().getAmountRefunded()).isZero();
        assertThat(stripe.v1()
                        .balanceTransactions()
                        .retrieve(failed.getFailureBalanceTransaction())
                        .getNet())
                .isEqualTo(3150);
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "refund.created",
                        "charge.refunded",
                        "refund.updated",
                        "charge.refund.updated",
                        "refund.failed");
        assertThat(shop.refusal("/_sim/refunds/" + pending.getId() + "/succeed", "{}"))
                .isEqualTo(400);
    }

    @Test
    void aRefundThatWaitsSucceedsOrIsCanceled() throws Exception {
        // Given
        shop.control("/_sim/refunds/first_status", "{\"status\":\"requires_action\"}");
        Refund one = refund(100);
        Refund other = refund(200);

        // When
        shop.control("/_sim/refunds/" + one.getId() + "/succeed", "");
        Refund canceled = stripe.v1().refunds().cancel(other.getId());

        // Then
        assertThat(stripe.v1().refunds().retrieve(one.getId()).getStatus()).isEqualTo("succeeded");
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(chargeNow().getAmountRefunded()).isEqualTo(100);
        assertThatThrownBy(() -> stripe.v1().refunds().cancel(one.getId())).isInstanceOf(InvalidRequestException.class);
    }
}

package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.CreditNote;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CreditNoteCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.RefundListParams;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is credited shows on the invoice, the payment and the customer alike. */
class CreditNoteIT {
    private TestShop shop;
    private SubscriptionShop plans;
    private StripeClient stripe;
    private Subscription subscription;

    @BeforeEach
    void start() throws Exception {
        shop = new TestShop(0);
        plans = new SubscriptionShop(shop);
        stripe = shop.stripe();
        Price monthly = plans.price(1000, PriceCreateParams.Recurring.Interval.MONTH);
        subscription = plans.subscription(plans.buy(0, List.of(monthly)));
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void aPaidInvoiceIsCreditedByARefundAndTheBalance() throws Exception {
        // Given
        Invoice invoice = plans.lastInvoice(subscription.getId());
        String before = shop.lastEvent();

        // When
        CreditNote note = stripe.v1()
                .creditNotes()
                .create(CreditNoteCreateParams.builder()
                        .setInvoice(invoice.getId())
                        .setAmount(500L)
                        .setRefundAmount(300L)
                        .setCreditAmount(200L)
                        .setReason(CreditNoteCreateParams.Reason.PRODUCT_UNSATISFACTORY)
                        .build());

        // Then
        assertThat(note.getType()).isEqualTo("post_payment");
        assertThat(note.getRefunds().getFirst().getAmountRefunded()).isEqualTo(300);
        assertThat(stripe.v1()
                        .refunds()
                        .list(RefundListParams.builder().build())
                        .getData())
                .singleElement()
                .satisfies(refund -> assertThat(refund.getId())
                        .isEqualTo(note.getRefunds().getFirst().getRefund()));
        assertThat(stripe.v1().customers().retrieve(invoice.getCustomer()).getBalance())
                .isEqualTo(-200);
        assertThat(plans.lastInvoice(subscription.getId()).getPostPaymentCreditNotesAmount())
                .isEqualTo(500);
        assertThat(shop.happenedSince(before))
                .containsExactly(
                        "refund.created",
                        "charge.refunded",
                        "refund.updated",
                        "charge.refund.updated",
                        "customer.updated",
                        "credit_note.created",
                        "invoice.updated");
        assertThatThrownBy(() -> stripe.v1()
                        .creditNotes()
                        .create(CreditNoteCreateParams.builder()
                                .setInvoice(invoice.getId())
                                .setAmount(600L)
                                .setOutOfBandAmount(600L)
                                .build()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void anOpenInvoiceIsReducedUntilTheNoteIsVoid() throws Exception {
        // Given
        shop.control("/_sim/subscriptions/" + subscription.getId() + "/fail_renewals", "{\"times\":1}");
        shop.control("/_sim/subscriptions/" + subscription.getId() + "/renew", "");
        Invoice open = plans.lastInvoice(subscription.getId());

        // When
        CreditNote note = stripe.v1()
                .creditNotes()
                .create(CreditNoteCreateParams.builder()
                        .setInvoice(open.getId())
                        .setAmount(400L)
                        .build());
        long reduced = plans.lastInvoice(subscription.getId()).getAmountRemaining();
        stripe.v1().creditNotes().voidCreditNote(note.getId());

        // Then
        assertThat(note.getType()).isEqualTo("pre_payment");
        assertThat(reduced).isEqualTo(600);
        assertThat(plans.lastInvoice(subscription.getId()).getAmountRemaining()).isEqualTo(1000);
        assertThat(shop.happenedSince(null)).contains("credit_note.voided");
    }
}

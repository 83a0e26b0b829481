package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Balance;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Payout;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.PayoutCreateParams;
import com.stripe.param.RefundCreateParams;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The merchant's balance and its way to the bank. */
class PayoutIT {
    private TestShop shop;

    @BeforeEach
    void start() throws IOException {
        shop = new TestShop(0);
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    private Payout now(String id) throws Exception {
        return shop.stripe().v1().payouts().retrieve(id);
    }

    private List<BalanceTransaction> transactions(BalanceTransactionListParams.Builder of) throws Exception {
        return shop.stripe()
                .v1()
                .balanceTransactions()
                .list(of.setLimit(100L).build())
                .getData();
    }

    @Test
    void aPayoutIsTheSumOfItsTransactions() throws Exception {
        // Given
        shop.buy();
        Charge refunded = shop.buy();
        shop.stripe()
                .v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setCharge(refunded.getId())
                        .setAmount(150L)
                        .build());
        Balance pending = shop.stripe().v1().balance().retrieve();
        shop.control("/_sim/clock/advance", "{\"days\":3}");
        String before = shop.lastEvent();

        // When
        String id = shop.control("/_sim/payouts", "").path("id").asText();
        shop.control("/_sim/clock/advance", "{\"days\":2}");

        // Then
        assertThat(pending.getPending().getFirst().getAmount()).isEqualTo(2 * 3078);
        assertThat(now(id).getAmount()).isEqualTo(2 * 3078 - 150);
        assertThat(now(id).getStatus()).isEqualTo("paid");
        assertThat(now(id).getReconciliationStatus()).isEqualTo("completed");
        List<BalanceTransaction> taken =
                transactions(BalanceTransactionListParams.builder().setPayout(id));
        assertThat(taken).extracting(BalanceTransaction::getType).containsOnly("payout", "refund", "charge");
        assertThat(taken.stream().mapToLong(BalanceTransaction::getNet).sum()).isZero();
        assertThat(shop.happenedSince(before))
                .containsExactly("payout.created", "payout.paid", "payout.reconciliation_completed");
        assertThat(transactions(BalanceTransactionListParams.builder().setType("refund")))
                .hasSize(1);
    }

    @Test
    void whatABankSendsBackIsAvailableAgain() throws Exception {
        // Given
        shop.buy();
        shop.control("/_sim/clock/advance", "{\"days\":3}");
        Payout payout = shop.stripe()
                .v1()
                .payouts()
                .create(PayoutCreateParams.builder()
                        .setAmount(1000L)
                        .setCurrency("eur")
                        .build());

        // When
        shop.control("/_sim/payouts/" + payout.getId() + "/fail", "");

        // Then
        assertThat(now(payout.getId()).getStatus()).isEqualTo("failed");
        assertThat(now(payout.getId()).getFailureBalanceTransaction()).startsWith("txn_");
        assertThat(shop.stripe()
                        .v1()
                        .balance()
                        .retrieve()
                        .getAvailable()
                        .getFirst()
                        .getAmount())
                .isEqualTo(3078);
        assertThatThrownBy(() -> shop.stripe()
                        .v1()
                        .payouts()
                        .create(PayoutCreateParams.builder()
                                .setAmount(5000L)
                                .setCurrency("eur")
                                .build()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("balance_insufficient"));
        assertThatThrownBy(() -> shop.stripe().v1().payouts().cancel(payout.getId()))
                .isInstanceOf(InvalidRequestException.class);
    }
}

package dev.quittance.billing.overpayment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.overpayment.Overpaid.Payment;
import dev.quittance.billing.refunding.OwedRefundStore.Owed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The latest payments go back, whatever order they become known in, and never more than was too much. */
class OverpaymentRulesTest {
    private static final long DUE = 1_000;
    private static final List<Payment> PAYMENTS =
            List.of(paid("pi_a", 700, 1), paid("pi_b", 600, 2), paid("pi_c", 1_000, 2), paid("pi_d", 400, 9));

    @Test
    void theLatestPaymentGoesBackAndOfTheOneBeforeWhatIsTooMuch() {
        // When
        List<Owed> owed = OverpaymentRules.decide(new Overpaid("in_1", "acct_1", 1_700, PAYMENTS));

        // Then
        assertThat(owed)
                .containsExactly(
                        new Owed("overpayment:in_1:pi_d:400", "acct_1", "pi_d", 400),
                        new Owed("overpayment:in_1:pi_c:1000", "acct_1", "pi_c", 1_000),
                        new Owed("overpayment:in_1:pi_b:300", "acct_1", "pi_b", 300));
    }

    @Test
    void theSameGoesBackInWhateverOrderThePaymentsBecomeKnown() {
        // Given
        Map<String, Long> expected = Map.of("pi_d", 400L, "pi_c", 1_000L, "pi_b", 300L);

        // When Then
        for (List<Payment> order : orders(PAYMENTS)) {
            assertThat(askedInTheEnd(order)).as("%s", order).isEqualTo(expected);
        }
    }

    @Test
    void whatWasAskedForOrWentBackOtherwiseIsNotAskedForAgain() {
        // Given
        Payment asked = new Payment("pi_b", 1_000, Instant.ofEpochSecond(2), 1_000, 0);
        Payment returned = new Payment("pi_b", 1_000, Instant.ofEpochSecond(2), 0, 600);

        // When Then
        assertThat(OverpaymentRules.decide(new Overpaid("in_1", "", 1_000, List.of(paid("pi_a", 1_000, 1), asked))))
                .isEmpty();
        assertThat(OverpaymentRules.decide(new Overpaid("in_1", "", 1_000, List.of(paid("pi_a", 1_000, 1), returned))))
                .containsExactly(new Owed("overpayment:in_1:pi_b:400", "pi_b", 400));
    }

    /** What each payment's refunds come to when a decision is made each time that a payment becomes known. */
    private static Map<String, Long> askedInTheEnd(List<Payment> order) {
        Map<String, Long> asked = new HashMap<>();
        for (int known = 1; known <= order.size(); known++) {
            List<Payment> payments = order.subList(0, known).stream()
                    .map(one -> new Payment(
                            one.intentId(), one.paidMinor(), one.at(), asked.getOrDefault(one.intentId(), 0L), 0))
                    .toList();
            long excess =
                    Math.max(0, payments.stream().mapToLong(Payment::paidMinor).sum() - DUE);
            OverpaymentRules.decide(new Overpaid("in_1", "", excess, payments))
                    .forEach(owed -> asked.merge(owed.paymentIntentId(), owed.amountMinor(), Long::sum));
        }
        return asked;
    }

    private static List<List<Payment>> orders(List<Payment> payments) {
        if (payments.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Payment>> orders = new ArrayList<>();
        for (Payment first : payments) {
            List<Payment> rest =
                    payments.stream().filter(other -> !other.equals(first)).toList();
            for (List<Payment> order : orders(rest)) {
                List<Payment> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                orders.add(whole);
            }
        }
        return orders;
    }

    private static Payment paid(String intent, long amount, long second) {
        return new Payment(intent, amount, Instant.ofEpochSecond(second), 0, 0);
    }
}

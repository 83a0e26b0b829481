package dev.quittance.billing.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.money.Money;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where an order stands, and the way there. */
class OrderRulesTest {
    private static final Money TOTAL = new Money(1500, "EUR");

    @Test
    void anOpenSessionLeavesTheOrderAsItIs() {
        assertThat(OrderRules.steps(order(OrderStatus.PENDING, null, 0))).isEmpty();
        assertThat(OrderRules.steps(order(OrderStatus.PENDING, session("open", "unpaid", false), 0)))
                .isEmpty();
    }

    @Test
    @DisplayName("E3: an asynchronous payment waits, and then is there or not")
    void anAsynchronousPaymentWaits() {
        assertThat(OrderRules.steps(order(OrderStatus.PENDING, session("complete", "unpaid", false), 0)))
                .containsExactly(OrderStatus.AWAITING_PAYMENT);
        assertThat(OrderRules.steps(order(OrderStatus.AWAITING_PAYMENT, session("complete", "unpaid", true), 0)))
                .containsExactly(OrderStatus.FAILED);
        assertThat(OrderRules.steps(order(OrderStatus.AWAITING_PAYMENT, session("complete", "paid", false), 0)))
                .containsExactly(OrderStatus.PROCESSING);
    }

    @Test
    @DisplayName("H2: a payment that comes after the expiry counts")
    void aLatePaymentCounts() {
        assertThat(OrderRules.steps(order(OrderStatus.PENDING, session("expired", "unpaid", false), 0)))
                .containsExactly(OrderStatus.CANCELLED);
        assertThat(OrderRules.steps(order(OrderStatus.CANCELLED, session("complete", "paid", false), 0)))
                .containsExactly(OrderStatus.PROCESSING);
    }

    @Test
    void whatWasPaidAndWentBackAtOnceWasPaidInBetween() {
        assertThat(OrderRules.steps(order(OrderStatus.PENDING, session("complete", "paid", false), 1500)))
                .containsExactly(OrderStatus.PROCESSING, OrderStatus.REFUNDED);
        assertThat(OrderRules.steps(order(OrderStatus.PROCESSING, session("complete", "paid", false), 1)))
                .containsExactly(OrderStatus.PARTIALLY_REFUNDED);
    }

    @Test
    @DisplayName("E12: another amount or currency than was ordered is held")
    void anotherAmountIsHeld() {
        for (Money paid : new Money[] {new Money(1499, "EUR"), new Money(1501, "EUR"), new Money(1500, "USD")}) {
            OrderFacts order = order(
                    OrderStatus.PENDING, new OrderFacts.Session("cs_1", "complete", "paid", false, paid, "pi_1"), 0);

            assertThat(OrderRules.objection(order)).isNotNull();
            assertThat(OrderRules.isToFulfil(order)).isFalse();
        }
        assertThat(OrderRules.isToFulfil(order(OrderStatus.PENDING, session("complete", "paid", false), 0)))
                .isTrue();
    }

    @Test
    void noWayLeadsBackToUnpaid() {
        for (OrderStatus paid : OrderStatus.values()) {
            if (paid.isPaid()) {
                assertThat(OrderRules.next(paid)).allMatch(OrderStatus::isPaid);
            }
        }
        assertThat(EnumSet.allOf(OrderStatus.class))
                .allSatisfy(status -> assertThat(OrderRules.next(status)).doesNotContain(OrderStatus.PENDING, status));
    }

    private static OrderFacts.Session session(String status, String paymentStatus, boolean hasFailed) {
        return new OrderFacts.Session("cs_1", status, paymentStatus, hasFailed, TOTAL, "pi_1");
    }

    private static OrderFacts order(OrderStatus status, OrderFacts.@Nullable Session session, long reversed) {
        return new OrderFacts(
                new UUID(0, 1),
                new UUID(0, 2),
                "cart",
                status,
                1,
                TOTAL,
                session,
                true,
                1500,
                reversed,
                false,
                null,
                Set.of());
    }
}

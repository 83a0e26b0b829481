package dev.quittance.billing.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database lets nobody do to an order. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class OrderTableIT {
    private final UUID order = UUID.randomUUID();
    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void theTransitionsAreTheSameTableHereAndThere() throws SQLException {
        assertThat(ledger.rows("select from_status, to_status from billing.order_transitions"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(OrderStatus.values())
                        .flatMap(from -> OrderRules.next(from).stream().map(to -> from.token() + "|" + to.token()))
                        .toList());
    }

    @Test
    void aStepThatIsNotAllowedIsRefusedWhoeverTakesIt() throws SQLException {
        // Given
        ledger.run("insert into billing.orders (order_id, user_id, kind, payment_method, total_minor, currency,"
                + " idempotency_key, fingerprint) values ('" + order + "', '" + order
                + "', 'cart', 'stripe', 1500, 'EUR', 'k', 'f')");

        // Then
        for (String change : new String[] {
            "set status = 'completed', revision = 2, fulfilled_at = now()",
            "set status = 'processing', revision = 3",
            "set total_minor = 1",
            "set currency = 'USD'"
        }) {
            assertThatThrownBy(
                            () -> ledger.run("update billing.orders " + change + " where order_id = '" + order + "'"))
                    .isInstanceOf(SQLException.class);
        }
        ledger.run("update billing.orders set status = 'processing', revision = 2 where order_id = '" + order + "'");
        assertThat(ledger.rows("select revision, from_status, to_status from billing.order_history where order_id = '"
                        + order + "' order by 1"))
                .containsExactly("1|null|pending", "2|pending|processing");
    }
}

package dev.quittance.billing.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.mailer.MockMailbox;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A settled purchase is receipted once, where somebody can be written to. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class ReceiptIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final UUID user = UUID.randomUUID();
    private final String name = user.toString().substring(0, 8);

    @Inject
    MockMailbox mailbox;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.addUser(user);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    @DisplayName("B9: a purchase is receipted once")
    void aPurchaseIsReceiptedOnce() throws SQLException {
        // Given
        String address = name + "@buyer.example";

        // When
        settle("'" + address + "'");

        // Then
        awaitState("sent");
        assertThat(mailbox.getMailsSentTo(address)).singleElement().satisfies(mail -> {
            assertThat(mail.getText()).contains("Paid: 10.50 EUR", "Points: 500", "Reference: pi_" + name);
            assertThat(mail.getHeaders().get("Message-ID")).isEqualTo(List.of("<receipt.pi_" + name + "@quittance>"));
        });
    }

    @Test
    void nobodyIsWrittenToWithoutAnAddress() throws SQLException {
        // When
        settle("null");

        // Then
        awaitState("no_address");
    }

    private void awaitState(String state) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(
                                ledger.rows("select state from billing.receipts where anchor = 'pi_" + name + "'"))
                        .containsExactly(state));
    }

    private void settle(String address) throws SQLException {
        ledger.run("""
                insert into billing.payment_intents (payment_intent_id, status, amount_minor, amount_received_minor, currency,
                    receipt_email, created_at, version_rank, version_at, version_step, version_event)
                values ('pi_%1$s', 'succeeded', 1050, 1050, 'EUR', %3$s, now(), 1, now(), 1, 'evt_1');
                insert into billing.checkout_sessions (checkout_session_id, mode, status, payment_status, payment_intent_id,
                    created_at, version_rank, version_at, version_step, version_event)
                values ('cs_%1$s', 'payment', 'complete', 'paid', 'pi_%1$s', now(), 1, now(), 1, 'evt_3');
                insert into billing.settlements (anchor, checkout_session_id, payment_intent_id, user_id, account_number,
                    amount_minor, currency, points, credits, vouchers, occurred_at)
                values ('pi_%1$s', 'cs_%1$s', 'pi_%1$s', '%2$s', '4111111111111111', 1050, 'EUR', 500, 0, 0, now())
                """.formatted(name, user, address));
    }
}

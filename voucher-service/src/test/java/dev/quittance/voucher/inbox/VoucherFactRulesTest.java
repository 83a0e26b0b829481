package dev.quittance.voucher.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.money.Money;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.messaging.inbox.EventId;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.voucher.inbox.VoucherFact.HolderKnown;
import dev.quittance.voucher.inbox.VoucherFact.PurchaseSettled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoucherFactRulesTest {
    private static final UUID USER = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void aSettledPurchaseIsRead() {
        // Given
        PaymentSettled purchase = new PaymentSettled(
                "pi_1",
                USER,
                "4000000000000002",
                "",
                "cs_1",
                "pi_1",
                new Money(1_050, "EUR"),
                List.of(VoucherTerm.ofMonths(1), VoucherTerm.ofDays(30)),
                NOW);

        // When
        Reading<VoucherFact> reading = VoucherFactRules.read(incoming(Topics.BILLING_EVENTS, purchase));

        // Then
        assertThat(reading).isEqualTo(new Reading.Relevant<>(new PurchaseSettled(purchase), Set.of("purchase:pi_1")));
    }

    @Test
    void aKnownCustomerIsRead() {
        // Given
        CustomerProvisioned customer = new CustomerProvisioned(USER, "4000000000000002", "", "cus_1", null, NOW);

        // When
        Reading<VoucherFact> reading = VoucherFactRules.read(incoming(Topics.PROVISIONING_EVENTS, customer));

        // Then
        assertThat(reading).isEqualTo(new Reading.Relevant<>(new HolderKnown(customer), Set.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "billing.events.v1, BalanceChanged",
        "billing.events.v1, CustomerProvisioned",
        "provisioning.events.v1, PaymentSettled",
        "provisioning.events.v1, IdentityMismatchFound",
        "voucher.events.v1, PaymentSettled"
    })
    void whatDoesNotConcernVouchersIsIgnored(String topic, String type) {
        // When
        Reading<VoucherFact> reading = VoucherFactRules.read(incoming(topic, type, "not even JSON"));

        // Then
        assertThat(reading).isEqualTo(new Reading.Ignored<>("unhandled-type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "{}", "[]", "{\"anchor\":\"pi_1\"}", "not JSON", "{\"vouchers\":[{\"months\":0}]}"})
    void whatCannotBeReadIsPoison(String body) {
        // When
        Reading<VoucherFact> reading = VoucherFactRules.read(incoming(Topics.BILLING_EVENTS, "PaymentSettled", body));

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Poison.class,
                        poison -> assertThat(poison.code()).isEqualTo("UNREADABLE_EVENT"));
    }

    private static Incoming incoming(String topic, DomainEvent event) {
        return new Incoming(
                new EventId("", "1"), event.type(), topic, event.key(), EventCodec.write(event), new byte[32], null);
    }

    private static Incoming incoming(String topic, String type, String body) {
        return new Incoming(
                new EventId("", "1"), type, topic, null, body.getBytes(StandardCharsets.UTF_8), new byte[32], null);
    }
}

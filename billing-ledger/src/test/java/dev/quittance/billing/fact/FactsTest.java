package dev.quittance.billing.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.money.Money;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.inbox.EventId;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactsTest {
    @Test
    void readsACharge() {
        // When
        ChargeSeen charge = (ChargeSeen) fact("charge.succeeded", """
                {"id":"ch_1","object":"charge","amount":1500,"amount_captured":1500,"currency":"eur","paid":true,
                 "captured":true,"status":"succeeded","payment_intent":"pi_1","created":100,
                 "balance_transaction":{"id":"txn_1","fee":69,"currency":"eur"},
                 "billing_details":{"email":"a@b.example","address":{"country":"DE"},"other":1}}""");

        // Then
        assertThat(charge.isPaid()).isTrue();
        assertThat(charge.grossMinor()).isEqualTo(1500);
        assertThat(charge.currency()).isEqualTo("EUR");
        assertThat(charge.balanceTransaction()).isEqualTo(new BalanceTransaction("txn_1", 69, "EUR"));
        assertThat(charge.billingDetails()).isEqualTo("{\"address\":{\"country\":\"DE\"},\"email\":\"a@b.example\"}");
        assertThat(charge.createdAt()).isEqualTo(Instant.ofEpochSecond(100));
    }

    @Test
    void anAuthorisationIsNotPaid() {
        // When
        ChargeSeen charge = (ChargeSeen) fact("charge.succeeded", """
                {"id":"ch_1","amount":1500,"currency":"eur","paid":true,"captured":false,"status":"succeeded"}""");

        // Then
        assertThat(charge.isPaid()).isFalse();
    }

    @Test
    void aChargeWithoutAnAmountWaitsForAnOperator() {
        assertThat(fact("charge.succeeded", "{\"id\":\"ch_1\",\"currency\":\"eur\",\"paid\":true}"))
                .isEqualTo(new Unusable("ch_1", "AMOUNT_ABSENT"));
        assertThat(fact("charge.succeeded", "{\"id\":\"ch_1\",\"amount\":null,\"currency\":\"eur\"}"))
                .isEqualTo(new Unusable("ch_1", "AMOUNT_NULL"));
        assertThat(fact("charge.succeeded", "{\"id\":\"ch_1\",\"amount\":10.5,\"currency\":\"eur\"}"))
                .isEqualTo(new Unusable("ch_1", "AMOUNT_MALFORMED"));
        assertThat(fact("charge.succeeded", "{\"id\":\"ch_1\",\"amount\":-1,\"currency\":\"eur\"}"))
                .isEqualTo(new Unusable("ch_1", "AMOUNT_OUT_OF_RANGE"));
        assertThat(fact("charge.succeeded", "{\"id\":\"ch_1\",\"amount\":1,\"currency\":\"zzq\"}"))
                .isEqualTo(new Unusable("ch_1", "CURRENCY_MALFORMED"));
    }

    @Test
    void anEventWithoutAnObjectWaitsForAnOperatorUnderItsOwnId() {
        assertThat(fact("charge.succeeded", "null")).isEqualTo(new Unusable("evt_1", "ID_ABSENT"));
    }

    @Test
    void readsASessionWithItsLines() {
        // When
        SessionSeen session = (SessionSeen) fact("checkout.session.completed", """
                {"id":"cs_1","mode":"payment","status":"complete","payment_status":"paid","amount_total":512,
                 "currency":"kwd","payment_intent":{"id":"pi_1"},"metadata":{"points":"5"},
                 "line_items":{"data":[{"id":"li_1","quantity":2,"price":{"id":"price_1","product":"prod_1",
                   "metadata":{"credits":"3"}}}],"has_more":false}}""");

        // Then
        assertThat(session.amount()).isEqualTo(new Money(512, "KWD"));
        assertThat(session.paymentIntentId()).isEqualTo("pi_1");
        assertThat(session.metadata()).isEqualTo(Map.of("points", "5"));
        assertThat(session.lines())
                .containsExactly(new SessionLine("li_1", "price_1", "prod_1", 2, Map.of("credits", "3"), null));
    }

    @Test
    void aListOfLinesThatGoesOnIsNotUsed() {
        // When
        SessionSeen session = (SessionSeen) fact("checkout.session.completed", """
                {"id":"cs_1","mode":"payment","status":"complete","payment_status":"paid",
                 "line_items":{"data":[{"id":"li_1","quantity":2}],"has_more":true}}""");

        // Then
        assertThat(session.lines()).isEmpty();
        assertThat(session.amount()).isNull();
    }

    @Test
    void aLaterStateOfAnIntentIsNewerThanAnEarlierOneWhateverTheClock() {
        // Given
        String body = "{\"id\":\"pi_1\",\"amount\":1,\"currency\":\"eur\",\"status\":\"%s\"}";

        // When
        Version succeeded = ((IntentSeen) fact("payment_intent.succeeded", body.formatted("succeeded"), 10)).version();
        Version canceled = ((IntentSeen) fact("payment_intent.canceled", body.formatted("canceled"), 20)).version();
        Version failed = ((IntentSeen)
                        fact("payment_intent.payment_failed", body.formatted("requires_payment_method"), 30))
                .version();
        Version acting =
                ((IntentSeen) fact("payment_intent.requires_action", body.formatted("requires_action"), 20)).version();

        // Then
        assertThat(succeeded).isGreaterThan(canceled);
        assertThat(canceled).isGreaterThan(failed);
        assertThat(failed).isGreaterThan(acting);
    }

    @Test
    void otherTypesAreIgnored() {
        assertThat(read(Topics.STRIPE_EVENTS, "customer.created", stripe("customer.created", "{}", 1)))
                .isEqualTo(new Reading.Ignored<>("unhandled-type"));
        assertThat(read(Topics.PROVISIONING_EVENTS, "IdentityMismatchFound", "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Reading.Ignored<>("unhandled-type"));
    }

    @Test
    void bytesThatAreNoEventArePoison() {
        assertThat(read(Topics.STRIPE_EVENTS, "charge.succeeded", "{".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Reading.Poison.class);
        assertThat(read(Topics.PROVISIONING_EVENTS, "CustomerProvisioned", "[]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Reading.Poison.class);
    }

    @Test
    void anIdentityIsOfASessionOrOfACustomer() {
        // Given
        UUID user = UUID.randomUUID();

        // When
        Reading<BillingFact> ofSession = provisioned(user, "cs_1");
        Reading<BillingFact> ofCustomer = provisioned(user, null);

        // Then
        assertThat(ofSession)
                .isEqualTo(new Reading.Relevant<>(
                        new IdentityKnown("", "cs_1", user, "4000"), java.util.Set.of(Subjects.identity("", "cs_1"))));
        assertThat(ofCustomer)
                .isEqualTo(new Reading.Relevant<>(
                        new CustomerKnown("", "cus_1", user, "4000"),
                        java.util.Set.of(Subjects.customer("", "cus_1"))));
    }

    private static Reading<BillingFact> provisioned(UUID user, @Nullable String session) {
        byte[] body = EventCodec.write(new CustomerProvisioned(user, "4000", "", "cus_1", session, Instant.EPOCH));
        return read(Topics.PROVISIONING_EVENTS, "CustomerProvisioned", body);
    }

    private static BillingFact fact(String type, String object) {
        return fact(type, object, 1_700_000_000);
    }

    private static BillingFact fact(String type, String object, long created) {
        return switch (read(Topics.STRIPE_EVENTS, type, stripe(type, object, created))) {
            case Reading.Relevant<BillingFact> relevant -> relevant.fact();
            case Reading<BillingFact> other -> throw new AssertionError("not relevant: " + other);
        };
    }

    private static byte[] stripe(String type, String object, long created) {
        return """
                {"id":"evt_1","object":"event","type":"%s","created":%d,"data":{"object":%s}}""".formatted(type, created, object).getBytes(StandardCharsets.UTF_8);
    }

    private static Reading<BillingFact> read(String topic, String type, byte[] body) {
        return Facts.read(new Incoming(new EventId("", "evt_1"), type, topic, "key", body, new byte[32], null));
    }
}

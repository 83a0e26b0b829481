package dev.quittance.contracts.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSnapshotTest {
    private static final String CUSTOMER =
            "{\n  \"id\": \"cus_1\",\n  \"object\": \"customer\",\n  \"created\": 1600000000,\n  \"livemode\": true\n}";

    @Test
    void anObjectIsAnEventOfItsCreation() {
        // When
        byte[] body = snapshot(CUSTOMER, "").orElseThrow();

        // Then
        assertThat(StripeEnvelope.read(body)).isInstanceOfSatisfying(EnvelopeVerdict.Readable.class, readable -> {
            StripeEnvelope envelope = readable.envelope();
            assertThat(StripeSnapshot.isId(envelope.id())).isTrue();
            assertThat(StripeSnapshot.isType(envelope.type())).isTrue();
            assertThat(envelope.created()).isEqualTo(1_600_000_000L);
            assertThat(envelope.livemode()).isTrue();
            assertThat(envelope.account()).isEmpty();
            assertThat(OrderingKey.of(envelope).value()).isEqualTo("cus_1");
        });
        assertThat(new String(body, UTF_8)).contains(CUSTOMER);
    }

    @Test
    void whatIsListedAgainIsTheSameEventAndWhatChangedOrIsAnothersIsNot() {
        // Given
        String id = id(CUSTOMER, "");

        // Then
        assertThat(id(CUSTOMER, "")).isEqualTo(id);
        assertThat(id(CUSTOMER.replace("true", "false"), "")).isNotEqualTo(id);
        assertThat(id(CUSTOMER, "acct_1")).isNotEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "customer, active, customer.created",
        "product, active, product.created",
        "price, active, price.created",
        "subscription, active, customer.subscription.created",
        "invoice, paid, invoice.paid",
        "invoice, open, invoice.finalized",
        "charge, succeeded, charge.succeeded",
        "charge, failed, charge.updated",
        "coupon, active, snapshot.coupon"
    })
    void itIsReadAsTheEventThatWouldHaveSaidTheSame(String kind, String status, String told) {
        // Given
        String object = "{\"id\":\"x_1\",\"object\":\"" + kind + "\",\"created\":1,\"status\":\"" + status + "\"}";

        // When
        StripeEvent event = StripeSnapshot.asTold(read(snapshot(object, "").orElseThrow()));

        // Then
        assertThat(event.type()).isEqualTo(told);
        assertThat(event.created().orNull()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(event.object().id().orNull()).isEqualTo("x_1");
    }

    @Test
    void anOldInvoiceSaysByAFlagThatItIsPaid() {
        // Given
        String object = "{\"id\":\"in_1\",\"object\":\"invoice\",\"created\":1,\"paid\":true}";

        // Then
        assertThat(StripeSnapshot.asTold(read(snapshot(object, "").orElseThrow()))
                        .type())
                .isEqualTo("invoice.paid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"id\":\"cus_1\",\"object\":\"customer\"}",
                "{\"object\":\"customer\",\"created\":1}",
                "{\"id\":\"cus_1\",\"created\":1}",
                "{\"id\":\"cus_1\",\"object\":\"\\\"x\",\"created\":1}",
                "{\"id\":\"cus_1\",\"object\":\"customer\",\"created\":1},\"account\":{"
            })
    void whatIsNoObjectOfStripesIsNone(String object) {
        assertThat(snapshot(object, "")).isEmpty();
    }

    @Test
    void whatIsNoAccountIsNone() {
        assertThat(snapshot(CUSTOMER, "acct\"")).isEmpty();
    }

    private static Optional<byte[]> snapshot(String object, String account) {
        return StripeSnapshot.of(object.getBytes(UTF_8), account);
    }

    private static String id(String object, String account) {
        return read(snapshot(object, account).orElseThrow()).id();
    }

    private static StripeEvent read(byte[] body) {
        return StripeEvent.read(body) instanceof StripeEvent.Reading.Read(StripeEvent event) ? event : none();
    }

    private static StripeEvent none() {
        throw new AssertionError("not an event");
    }
}

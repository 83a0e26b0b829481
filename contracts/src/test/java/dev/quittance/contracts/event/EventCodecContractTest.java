package dev.quittance.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.event.GoldenEvents.GoldenEvent;
import dev.quittance.contracts.money.Money;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecContractTest {
    private static final UUID USER = UUID.fromString("0198a1de-7c1b-7f4e-9c55-2f1b6a0c7d01");

    static Stream<GoldenEvent> goldenEvents() {
        return GoldenEvents.all();
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void todaysReaderReadsFilesOfOlderAndNewerWriters(GoldenEvent golden) {
        // When
        DomainEvent event = EventCodec.read(golden.type(), golden.bytes());

        // Then
        assertThat(event.type()).isEqualTo(golden.type());
        assertThat(event.key()).isNotBlank();
        assertThat(Topics.allNames()).contains(event.topic());
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void writingAndReadingAgainGivesTheSameEvent(GoldenEvent golden) {
        // Given
        DomainEvent event = EventCodec.read(golden.type(), golden.bytes());

        // When
        DomainEvent again = EventCodec.read(golden.type(), EventCodec.write(event));

        // Then
        assertThat(again).isEqualTo(event);
    }

    @Test
    void everyMemberOfTheNewerSettlementArrives() {
        // Given
        GoldenEvent golden = GoldenEvents.all()
                .filter(candidate -> candidate.toString().equals("newer PaymentSettled"))
                .findFirst()
                .orElseThrow();

        // When
        DomainEvent event = EventCodec.read(golden.type(), golden.bytes());

        // Then
        assertThat(event)
                .isEqualTo(new PaymentSettled(
                        "pi_1",
                        USER,
                        "4929173650284417",
                        "acct_1",
                        "cs_test_a1",
                        "pi_1",
                        new Money(9_007_199_254_740_993L, "EUR"),
                        List.of(VoucherTerm.ofMonths(3), VoucherTerm.ofDays(30)),
                        Instant.parse("2026-11-20T10:15:30Z")));
    }

    @Test
    void microsecondsSurvive() {
        // Given
        Instant occurredAt = Instant.parse("2026-11-20T10:15:30.123456Z");
        AccountExtended event = new AccountExtended(USER, "4929173650284417", null, occurredAt, "expiry:1", occurredAt);

        // When
        DomainEvent again = EventCodec.read(event.type(), EventCodec.write(event));

        // Then
        assertThat(again).isEqualTo(event);
        assertThat(new String(EventCodec.write(event), StandardCharsets.UTF_8))
                .contains("\"2026-11-20T10:15:30.123456Z\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"currency\":\"EUR\"}",
                "{\"amountMinor\":null,\"currency\":\"EUR\"}",
                "{\"amountMinor\":10.5,\"currency\":\"EUR\"}",
                "{\"amountMinor\":1e2,\"currency\":\"EUR\"}",
                "{\"amountMinor\":\"100\",\"currency\":\"EUR\"}",
                "{\"amountMinor\":9223372036854775808,\"currency\":\"EUR\"}",
                "{\"amountMinor\":true,\"currency\":\"EUR\"}",
                "{\"amountMinor\":100}",
                "{\"amountMinor\":100,\"currency\":\"zzz\"}",
                "{\"amountMinor\":100,\"currency\":\"eur\"}",
                "null",
                "100"
            })
    void anAmountThatIsNotExactlyOneIsNotRead(String amount) {
        // Given
        String json = """
                {"anchor":"pi_1","userId":"0198a1de-7c1b-7f4e-9c55-2f1b6a0c7d01","accountNumber":"4929173650284417",
                 "stripeAccount":"","vouchers":[],"occurredAt":"2026-11-20T10:15:30Z","amount":%s}
                """.formatted(amount);

        // When, then
        assertThatThrownBy(() -> EventCodec.read("PaymentSettled", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}", "{}{}", "\"text\""})
    void whatIsNoEventIsRefusedWithoutQuotingIt(String json) {
        assertThatThrownBy(() -> EventCodec.read("VoucherRedeemed", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvent.class)
                .hasNoCause();
    }

    @Test
    void aTypeThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> EventCodec.read("MoonPhaseChanged", "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageNotContaining("MoonPhaseChanged");
    }
}

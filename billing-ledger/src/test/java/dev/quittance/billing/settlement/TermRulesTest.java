package dev.quittance.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TermRulesTest {
    @Test
    void readsEveryTerm() {
        assertThat(TermRules.read(Map.of("points", "500", "credits", "1000000000", "voucher_months", "3", "x", "y")))
                .isEqualTo(new TermReading.Given(new Terms(500, 1_000_000_000, List.of(VoucherTerm.ofMonths(3)))));
        assertThat(TermRules.read(Map.of("voucher_days", "30")))
                .isEqualTo(new TermReading.Given(new Terms(0, 0, List.of(VoucherTerm.ofDays(30)))));
    }

    @Test
    void otherMetadataIsSilent() {
        assertThat(TermRules.read(Map.of("user_id", "7"))).isEqualTo(new TermReading.Silent());
    }

    @Test
    void whatCannotBeMeantIsMalformed() {
        for (String text :
                List.of("", "0", "-1", "+1", "1.5", "1e3", " 7", "1000000001", "99999999999999999999", "٣")) {
            assertThat(TermRules.read(Map.of("points", text)))
                    .as(text)
                    .isEqualTo(new TermReading.Malformed("POINTS_MALFORMED"));
            assertThat(TermRules.read(Map.of("credits", text)))
                    .isEqualTo(new TermReading.Malformed("CREDITS_MALFORMED"));
            assertThat(TermRules.read(Map.of("voucher_months", text)))
                    .isEqualTo(new TermReading.Malformed("VOUCHER_TERM_MALFORMED"));
        }
        assertThat(TermRules.read(Map.of("voucher_months", "1", "voucher_days", "1")))
                .isEqualTo(new TermReading.Malformed("VOUCHER_TERM_MALFORMED"));
        assertThat(TermRules.read(Map.of("voucher_months", "121")))
                .isEqualTo(new TermReading.Malformed("VOUCHER_TERM_MALFORMED"));
    }

    @Test
    void linesCountTheirQuantity() {
        // Given
        Terms points = new Terms(5, 0, List.of());
        Terms vouchers = new Terms(0, 1, List.of(VoucherTerm.ofMonths(1)));

        // When
        Terms sum = TermRules.sum(List.of(points, vouchers), List.of(10L, 2L));

        // Then
        assertThat(sum).isEqualTo(new Terms(50, 2, List.of(VoucherTerm.ofMonths(1), VoucherTerm.ofMonths(1))));
    }

    @Test
    void moreThanAPurchaseMayGiveIsNoSum() {
        // Given
        Terms voucher = new Terms(0, 0, List.of(VoucherTerm.ofMonths(1)));
        Terms points = new Terms(TermRules.NUMBER_MAX, 0, List.of());

        // Then
        assertThat(TermRules.sum(List.of(voucher), List.of((long) PaymentSettled.VOUCHERS_MAX)))
                .isNotNull();
        assertThat(TermRules.sum(List.of(voucher), List.of(PaymentSettled.VOUCHERS_MAX + 1L)))
                .isNull();
        assertThat(TermRules.sum(List.of(points), List.of(2L))).isNull();
        assertThat(TermRules.sum(List.of(points), List.of(Long.MAX_VALUE))).isNull();
    }
}

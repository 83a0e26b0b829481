package dev.quittance.contracts.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoucherTermTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0, 2027-01-31T23:59:59Z, 2027-02-28T23:59:59Z",
        "1, 0, 2028-01-31T00:00:00Z, 2028-02-29T00:00:00Z",
        "12, 0, 2028-02-29T12:00:00Z, 2029-02-28T12:00:00Z",
        "3, 0, 2026-11-20T10:15:30Z, 2027-02-20T10:15:30Z",
        "0, 30, 2026-11-20T10:15:30Z, 2026-12-20T10:15:30Z",
        "0, 1, 2026-12-31T23:59:59.999999Z, 2027-01-01T23:59:59.999999Z"
    })
    void movesTheStart(int months, int days, Instant start, Instant end) {
        assertThat(new VoucherTerm(months, days).after(start)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "-1, 0", "0, -1", "121, 0", "0, 3661", "1, -1", "2147483648, 0", "4294967297, 0"})
    void refusesWhatIsNoTerm(long months, long days) {
        assertThat(VoucherTerm.isValid(months, days)).isFalse();
    }

    @Test
    void takesTheLongestTerms() {
        assertThat(VoucherTerm.isValid(VoucherTerm.MONTHS_MAX, 0)).isTrue();
        assertThat(VoucherTerm.isValid(0, VoucherTerm.DAYS_MAX)).isTrue();
    }

    @Test
    void cannotBeMadeWithoutTime() {
        assertThatThrownBy(() -> new VoucherTerm(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.quittance.contracts.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({
        "1050, EUR, 10.50 EUR",
        "500, JPY, 500 JPY",
        "5120, KWD, 5.120 KWD",
        "100, ISK, 1.00 ISK",
        "100, UGX, 1.00 UGX",
        "-1, USD, -0.01 USD",
        "0, KRW, 0 KRW",
        "9223372036854775807, EUR, 92233720368547758.07 EUR"
    })
    void readsAsPeopleWriteIt(long amountMinor, String currency, String text) {
        assertThat(new Money(amountMinor, currency)).hasToString(text);
    }

    @Test
    void addsWithinACurrency() {
        assertThat(new Money(9_007_199_254_740_993L, "EUR").plus(new Money(2, "EUR")))
                .isEqualTo(new Money(9_007_199_254_740_995L, "EUR"));
    }

    @Test
    void refusesToMixCurrencies() {
        assertThatThrownBy(() -> new Money(1, "EUR").plus(new Money(1, "JPY")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToWrapAround() {
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE, "EUR").plus(new Money(1, "EUR")))
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"zzz", "ZZZ", "eur", "''", "EURO"})
    void refusesWhatIsNoCurrency(String currency) {
        assertThatThrownBy(() -> new Money(1, currency)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesStripesSpelling() {
        assertThat(CurrencyCode.parse("eur")).contains("EUR");
        assertThat(CurrencyCode.parse("Jpy")).contains("JPY");
        assertThat(CurrencyCode.parse("zzz")).isEmpty();
        assertThat(CurrencyCode.parse("")).isEmpty();
    }
}

package dev.quittance.contracts.money;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;

/**
 * An amount of one currency.
 *
 * @param amountMinor whole smallest units as Stripe counts them: 1050 is EUR 10.50, but JPY 1050 and KWD 1.050
 * @param currency upper-case ISO 4217, as in {@link CurrencyCode}
 */
public record Money(long amountMinor, String currency) {
    public Money {
        Objects.requireNonNull(currency, "currency is null");
        if (!CurrencyCode.isKnown(currency)) {
            throw new IllegalArgumentException("not a currency: " + currency);
        }
    }

    /** How many decimal places the currency's smallest unit stands for. */
    @JsonIgnore
    public int exponent() {
        return CurrencyCode.exponent(currency);
    }

    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(Math.addExact(amountMinor, other.amountMinor), currency);
    }

    /** For people: {@code 10.50 EUR}, {@code 500 JPY}, {@code 5.120 KWD}. */
    @Override
    public String toString() {
        return java.math.BigDecimal.valueOf(amountMinor, exponent()).toPlainString() + " " + currency;
    }
}

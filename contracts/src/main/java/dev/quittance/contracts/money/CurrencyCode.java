package dev.quittance.contracts.money;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The currencies, with the exponents that Stripe uses, which are not always ISO's: Stripe counts ISK and UGX in hundredths
 * although they have no smaller coin.
 */
public final class CurrencyCode {
    private static final int DEFAULT_EXPONENT = 2;
    private static final Map<String, Integer> EXPONENTS = exponents();
    private static final Set<String> KNOWN = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private CurrencyCode() {}

    /** Stripe's spelling ({@code eur}, any case) as ours ({@code EUR}); empty when there is no such currency. */
    public static Optional<String> parse(String text) {
        String code = text.toUpperCase(Locale.ROOT);
        return isKnown(code) ? Optional.of(code) : Optional.empty();
    }

    public static boolean isKnown(String code) {
        return KNOWN.contains(code);
    }

    public static int exponent(String code) {
        return EXPONENTS.getOrDefault(code, DEFAULT_EXPONENT);
    }

    private static Map<String, Integer> exponents() {
        Set<String> whole = Set.of(
                "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF",
                "XPF");
        Set<String> thousandths = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
        Map<String, Integer> exponents = new java.util.HashMap<>();
        whole.forEach(code -> exponents.put(code, 0));
        thousandths.forEach(code -> exponents.put(code, 3));
        return Map.copyOf(exponents);
    }
}

package dev.quittance.provisioning.account;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What a user types to say which account is meant: 16 digits, of which the first is not zero and the last is a check digit
 * (Luhn's), so that a slip of the finger never names somebody else's account.
 */
public record AccountNumber(String digits) {
    private static final Pattern SIXTEEN_DIGITS = Pattern.compile("[1-9][0-9]{15}");
    private static final long PAYLOAD_MIN = 100_000_000_000_000L;
    private static final long PAYLOAD_BOUND = 1_000_000_000_000_000L;

    public AccountNumber {
        if (!isValid(digits)) {
            throw new IllegalArgumentException("not an account number");
        }
    }

    /**
     * @param random a cryptographically strong one: numbers must not be guessed from each other
     */
    public static AccountNumber draw(RandomGenerator random) {
        String payload = Long.toString(random.nextLong(PAYLOAD_MIN, PAYLOAD_BOUND));
        return new AccountNumber(payload + checkDigit(payload));
    }

    public static boolean isValid(String digits) {
        return SIXTEEN_DIGITS.matcher(digits).matches()
                && digits.charAt(15) - '0' == checkDigit(digits.substring(0, 15));
    }

    private static int checkDigit(String payload) {
        int sum = 0;
        boolean isDoubled = true;
        for (int i = payload.length() - 1; i >= 0; i--) {
            int digit = payload.charAt(i) - '0';
            int counted = isDoubled ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
            isDoubled = !isDoubled;
        }
        return (10 - sum % 10) % 10;
    }
}

package dev.quittance.voucher.code;

import java.util.Arrays;

/**
 * Crockford's 32 symbols as the elements of the field GF(32), in which the check symbol is computed.
 *
 * <p>A code is right when its symbols, as coefficients of a polynomial, have a root at a generator of the field. Every
 * position then weighs differently, so that one wrong symbol, or any two that changed places, always shows.
 */
final class Symbols {
    static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int NONE = -1;
    private static final int FIELD_SIZE = 32;
    /** x^5 + x^2 + 1, under which x generates the whole field. */
    private static final int PRIMITIVE_POLYNOMIAL = 0b100101;

    private static final int[] VALUES = values();

    private Symbols() {}

    /** The element that a typed character stands for, or {@code -1}: forgiving about case, and about I, L and O. */
    static int value(char typed) {
        return typed < VALUES.length ? VALUES[typed] : NONE;
    }

    static char symbol(int value) {
        return ALPHABET.charAt(value);
    }

    /** Zero for a right code; for a code's symbols without the last, the generator times this is the check symbol. */
    static int remainder(CharSequence symbols) {
        int sum = 0;
        for (int i = 0; i < symbols.length(); i++) {
            sum = timesGenerator(sum) ^ value(symbols.charAt(i));
        }
        return sum;
    }

    static char check(CharSequence random) {
        return symbol(timesGenerator(remainder(random)));
    }

    static int timesGenerator(int element) {
        int product = element << 1;
        return product >= FIELD_SIZE ? product ^ PRIMITIVE_POLYNOMIAL : product;
    }

    private static int[] values() {
        int[] values = new int['z' + 1];
        Arrays.fill(values, NONE);
        for (int i = 0; i < ALPHABET.length(); i++) {
            char symbol = ALPHABET.charAt(i);
            values[symbol] = i;
            values[Character.toLowerCase(symbol)] = i;
        }
        for (char one : new char[] {'I', 'i', 'L', 'l'}) {
            values[one] = 1;
        }
        values['O'] = 0;
        values['o'] = 0;
        return values;
    }
}

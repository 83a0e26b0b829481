package dev.quittance.voucher.code;

import java.math.BigInteger;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A code as its owner holds it. It has a form of its own for people, and none for logs. */
public final class VoucherCode {
    static final int LENGTH = 16;
    /** Longer input than this is no code, however it is spaced. */
    public static final int INPUT_LENGTH_MAX = 64;

    private static final int GROUP = 4;
    private static final int SYMBOL_BITS = 5;

    /** What was made elsewhere may be of other lengths, but not so short that it is soon guessed. */
    static final int FOREIGN_LENGTH_MIN = 10;

    static final int FOREIGN_LENGTH_MAX = 32;

    private static final Pattern FOREIGN = Pattern.compile("[0-9A-Z]+");

    private final String symbols;
    private final boolean isForeign;

    private VoucherCode(String symbols, boolean isForeign) {
        this.symbols = symbols;
        this.isForeign = isForeign;
    }

    private VoucherCode(String symbols) {
        this(symbols, false);
    }

    /** A new code: 75 random bits and their check symbol. */
    public static VoucherCode random(RandomGenerator random) {
        StringBuilder symbols = new StringBuilder(LENGTH);
        for (int i = 1; i < LENGTH; i++) {
            symbols.append(Symbols.symbol(random.nextInt(1 << SYMBOL_BITS)));
        }
        return new VoucherCode(symbols.append(Symbols.check(symbols)).toString());
    }

    /** The code that random bits make: the first 75 of them, and the check symbol. */
    static VoucherCode of(byte[] bits) {
        BigInteger number = new BigInteger(1, bits);
        StringBuilder symbols = new StringBuilder(LENGTH);
        for (int i = 1; i < LENGTH; i++) {
            symbols.append(Symbols.symbol(number.intValue() & ((1 << SYMBOL_BITS) - 1)));
            number = number.shiftRight(SYMBOL_BITS);
        }
        return new VoucherCode(symbols.append(Symbols.check(symbols)).toString());
    }

    /** Reads what a person typed: a code of ours, or else what may have been made elsewhere and imported. */
    public static Optional<VoucherCode> readAny(String typed) {
        return read(typed).or(() -> readForeign(typed));
    }

    /** As forgiving as with ours, and without a check symbol. */
    static Optional<VoucherCode> readForeign(String typed) {
        if (typed.length() > INPUT_LENGTH_MAX) {
            return Optional.empty();
        }
        StringBuilder symbols = new StringBuilder(typed.length());
        for (int i = 0; i < typed.length(); i++) {
            char upper = Character.toUpperCase(typed.charAt(i));
            switch (upper) {
                case ' ', '-' -> {}
                case 'I', 'L' -> symbols.append('1');
                case 'O' -> symbols.append('0');
                default -> symbols.append(upper);
            }
        }
        return symbols.length() >= FOREIGN_LENGTH_MIN
                        && symbols.length() <= FOREIGN_LENGTH_MAX
                        && FOREIGN.matcher(symbols).matches()
                ? Optional.of(new VoucherCode(symbols.toString(), true))
                : Optional.empty();
    }

    /** Reads what a person typed; empty when it cannot be a code of ours. */
    public static Optional<VoucherCode> read(String typed) {
        if (typed.length() > INPUT_LENGTH_MAX) {
            return Optional.empty();
        }
        StringBuilder symbols = new StringBuilder(LENGTH);
        for (int i = 0; i < typed.length(); i++) {
            char character = typed.charAt(i);
            if (character == ' ' || character == '-') {
                continue;
            }
            int value = Symbols.value(character);
            if (value < 0) {
                return Optional.empty();
            }
            symbols.append(Symbols.symbol(value));
        }
        return symbols.length() == LENGTH && Symbols.remainder(symbols) == 0
                ? Optional.of(new VoucherCode(symbols.toString()))
                : Optional.empty();
    }

    /** For its owner: {@code XXXX-XXXX-XXXX-XXXX}. */
    public String formatted() {
        StringBuilder text = new StringBuilder(LENGTH + LENGTH / GROUP - 1).append(symbols);
        for (int i = LENGTH - GROUP; i > 0; i -= GROUP) {
            text.insert(i, '-');
        }
        return text.toString();
    }

    /** What may be shown to tell one voucher from another. */
    public String lastFour() {
        return symbols.substring(symbols.length() - GROUP);
    }

    String symbols() {
        return symbols;
    }

    /** What is digested: a foreign code is never taken for one of ours. */
    String identity() {
        return (isForeign ? "imported:" : "code:") + symbols;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VoucherCode code && code.identity().equals(identity());
    }

    @Override
    public int hashCode() {
        return identity().hashCode();
    }

    /** Masked: whatever prints it must not give it away. */
    @Override
    public String toString() {
        return "VoucherCode[****-" + lastFour() + "]";
    }
}

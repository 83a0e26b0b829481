package dev.quittance.voucher.code;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** A code as its owner holds it. It has a form of its own for people, and none for logs. */
public final class VoucherCode {
    static final int LENGTH = 16;
    /** Longer input than this is no code, however it is spaced. */
    static final int INPUT_LENGTH_MAX = 64;

    private static final int GROUP = 4;
    private static final int SYMBOL_BITS = 5;

    private final String symbols;

    private VoucherCode(String symbols) {
        this.symbols = symbols;
    }

    /** A new code: 75 random bits and their check symbol. */
    public static VoucherCode random(RandomGenerator random) {
        StringBuilder symbols = new StringBuilder(LENGTH);
        for (int i = 1; i < LENGTH; i++) {
            symbols.append(Symbols.symbol(random.nextInt(1 << SYMBOL_BITS)));
        }
        return new VoucherCode(symbols.append(Symbols.check(symbols)).toString());
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
        return symbols.substring(LENGTH - GROUP);
    }

    String symbols() {
        return symbols;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VoucherCode code && code.symbols.equals(symbols);
    }

    @Override
    public int hashCode() {
        return symbols.hashCode();
    }

    /** Masked: whatever prints it must not give it away. */
    @Override
    public String toString() {
        return "VoucherCode[****-" + lastFour() + "]";
    }
}

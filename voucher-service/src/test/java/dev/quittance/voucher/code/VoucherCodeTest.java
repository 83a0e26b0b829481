package dev.quittance.voucher.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoucherCodeTest {
    private static final int CODES = 10_000;
    private static final long SEED = 20_261_120;

    @Test
    void everySingleWrongSymbolIsNoticed() {
        // Given
        Random random = new Random(SEED);

        // When
        long accepted = 0;
        for (int i = 0; i < CODES; i++) {
            String code = VoucherCode.random(random).symbols();
            for (int position = 0; position < code.length(); position++) {
                for (char symbol : Symbols.ALPHABET.toCharArray()) {
                    if (symbol != code.charAt(position)) {
                        StringBuilder wrong = new StringBuilder(code);
                        wrong.setCharAt(position, symbol);
                        accepted += Symbols.remainder(wrong) == 0 ? 1 : 0;
                    }
                }
            }
        }

        // Then
        assertThat(accepted).as("wrong codes accepted, seed %d", SEED).isZero();
    }

    @Test
    void everyTwoNeighboursThatChangedPlacesAreNoticed() {
        // Given
        Random random = new Random(SEED);

        // When
        long accepted = 0;
        long transposed = 0;
        for (int i = 0; i < CODES; i++) {
            String code = VoucherCode.random(random).symbols();
            for (int position = 1; position < code.length(); position++) {
                if (code.charAt(position) != code.charAt(position - 1)) {
                    StringBuilder wrong = new StringBuilder(code);
                    wrong.setCharAt(position, code.charAt(position - 1));
                    wrong.setCharAt(position - 1, code.charAt(position));
                    transposed++;
                    accepted += VoucherCode.read(wrong.toString()).isPresent() ? 1 : 0;
                }
            }
        }

        // Then
        assertThat(transposed).isGreaterThan(CODES * 14L);
        assertThat(accepted).as("transposed codes accepted, seed %d", SEED).isZero();
    }

    @Test
    void theGeneratorReachesEveryElementOfTheField() {
        // Given
        Set<Integer> reached = new HashSet<>();

        // When
        for (int element = 1; reached.add(element); ) {
            element = Symbols.timesGenerator(element);
        }

        // Then
        assertThat(reached)
                .hasSize(31)
                .allSatisfy(element -> assertThat(element).isBetween(1, 31));
    }

    @Test
    void everyCodeIsReadBackFromItsOwnForm() {
        // Given
        Random random = new Random(SEED);

        for (int i = 0; i < CODES; i++) {
            // When
            VoucherCode code = VoucherCode.random(random);

            // Then
            assertThat(code.formatted()).matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}");
            assertThat(VoucherCode.read(code.formatted())).contains(code);
        }
    }

    @Test
    void everySymbolComesUpAtEveryPlace() {
        // Given
        Random random = new Random(SEED);
        Set<String> seen = new HashSet<>();

        // When
        for (int i = 0; i < CODES; i++) {
            String code = VoucherCode.random(random).symbols();
            for (int position = 0; position < code.length(); position++) {
                seen.add(position + ":" + code.charAt(position));
            }
        }

        // Then
        assertThat(seen).hasSize(16 * 32);
    }

    // Worked out by hand: when only the last random symbol is not zero, the check symbol is the generator times it.
    @ParameterizedTest
    @CsvSource({
        "0000-0000-0000-0012, 0000-0000-0000-0012",
        "'  o0O0 oo0o-0000 0oi2 ', 0000-0000-0000-0012",
        "OOOOOOOOOOOOOOL2, 0000-0000-0000-0012",
        "0000000000000012, 0000-0000-0000-0012",
        "'0-0-0-0-0-0-0-0-0-0-0-0-0-0-l-2', 0000-0000-0000-0012",
        "0000-0000-0000-00g5, 0000-0000-0000-00G5"
    })
    void typingIsForgiven(String typed, String meant) {
        // When
        var code = VoucherCode.read(typed);

        // Then
        assertThat(code.map(VoucherCode::formatted)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0000-0000-0000-0011",
                "0000-0000-0000-001",
                "0000-0000-0000-00122",
                "U000-0000-0000-0012",
                "0000_0000_0000_0012",
                "0000-0000-0000-001\u00b2",
                "\uff10000-0000-0000-0012",
                "0000-0000-0000-0012\u0000",
                "0000-0000-0000-0012'; drop table vouchers"
            })
    void whatIsNoCodeIsNoCode(String typed) {
        // When
        var code = VoucherCode.read(typed);

        // Then
        assertThat(code).isEmpty();
    }

    @Test
    void aCodePaddedBeyondReasonIsNoCode() {
        // Given
        String typed = " ".repeat(49) + "0000000000000012";

        // When
        var code = VoucherCode.read(typed);

        // Then
        assertThat(code).isEmpty();
        assertThat(VoucherCode.read(typed.substring(1))).isPresent();
    }

    @Test
    void printingACodeDoesNotGiveItAway() {
        // Given
        VoucherCode code = VoucherCode.random(new Random(SEED));

        // When
        String printed = "%s".formatted(code);

        // Then
        assertThat(printed)
                .contains(code.lastFour())
                .doesNotContain(code.symbols())
                .doesNotContain(code.formatted())
                .doesNotContain(code.symbols().substring(0, 4));
    }
}

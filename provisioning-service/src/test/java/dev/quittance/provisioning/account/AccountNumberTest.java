package dev.quittance.provisioning.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNumberTest {
    private static final int DRAWS = 10_000;

    @Test
    void everyDrawIsValidAndAnother() {
        // Given
        Random random = new Random(7);
        Set<String> drawn = new HashSet<>();

        // When
        for (int i = 0; i < DRAWS; i++) {
            drawn.add(AccountNumber.draw(random).digits());
        }

        // Then
        assertThat(drawn).hasSize(DRAWS).allMatch(AccountNumber::isValid).allMatch(digits -> digits.charAt(0) != '0');
    }

    @ParameterizedTest
    @CsvSource({"4242424242424242,true", "4242424242424241,false", "5555555555554444,true", "0000000000000000,false"})
    void theLastDigitChecksTheOthers(String digits, boolean expected) {
        // When
        boolean isValid = AccountNumber.isValid(digits);

        // Then
        assertThat(isValid).isEqualTo(expected);
    }

    @Test
    void aSlipOfOneDigitIsNeverAnotherAccount() {
        // Given
        String digits = AccountNumber.draw(new Random(11)).digits();

        // When
        int accepted = 0;
        for (int place = 0; place < digits.length(); place++) {
            for (char other = '0'; other <= '9'; other++) {
                String slipped = digits.substring(0, place) + other + digits.substring(place + 1);
                accepted += AccountNumber.isValid(slipped) ? 1 : 0;
            }
        }

        // Then
        assertThat(accepted).as("only the number itself, once for each place").isEqualTo(digits.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "424242424242424", "42424242424242422", "424242424242424a", "４242424242424242"})
    void whatIsNotSixteenDigitsIsNoNumber(String digits) {
        assertThatIllegalArgumentException().isThrownBy(() -> new AccountNumber(digits));
    }
}

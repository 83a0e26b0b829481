package dev.quittance.provisioning.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ann@example.com,ann@example.com",
                " Ann@Example.COM ,ann@example.com",
                "ann+shop@example.com,ann+shop@example.com",
                "ａnn@example.com,ann@example.com",
                "\"a b\"@example.com,"
            })
    void oneMailboxHasOneSpelling(String typed, @Nullable String expected) {
        // When
        String address = EmailAddress.normalise(typed);

        // Then
        assertThat(address).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"   ", "ann", "@example.com", "ann@", "a nn@example.com", "ann@exam\u0000ple.com"})
    void whatIsNoAddressCountsAsAbsent(@Nullable String typed) {
        assertThat(EmailAddress.normalise(typed)).isNull();
    }

    @Test
    void whatAuthHasNoRoomForCountsAsAbsent() {
        assertThat(EmailAddress.normalise("a".repeat(250) + "@b.com")).isNull();
    }

    @Test
    void aStoredLookalikeDoesNotAnswerForTheAddressThatItLooksLike() {
        assertThat(EmailAddress.keyOf(" Ａnn@example.com")).isNotEqualTo(EmailAddress.normalise("ann@example.com"));
    }
}

package dev.quittance.voucher.guessing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.voucher.guessing.Counts.Count;
import dev.quittance.voucher.guessing.GuessRules.Limits;
import dev.quittance.voucher.guessing.GuessRules.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessRulesTest {
    private static final Limits LIMITS = new Limits(20, 100, 200, 50, 4);

    @ParameterizedTest
    @CsvSource({
        "20, 100, 199, 199, ''",
        "21, 1, 1, 0, ACCOUNT",
        "1, 101, 1, 0, ADDRESS",
        "21, 101, 1, 0, ACCOUNT",
        "5, 25, 200, 101, ''",
        "6, 1, 200, 101, ACCOUNT",
        "1, 26, 200, 101, ADDRESS",
        "20, 100, 200, 100, ''"
    })
    void tooMuchIsRefusedAndSoonerWhenMostOfAllAttemptsFail(
            long account, long address, long all, long failures, String bucket) {
        // Given
        Counts counts = new Counts(count(account, 7), count(address, 9), count(all, 3), failures);

        // When
        Optional<Refusal> refusal = GuessRules.refusal(counts, LIMITS);

        // Then
        assertThat(refusal.map(refused -> refused.bucket().name()).orElse("")).isEqualTo(bucket);
        assertThat(refusal.map(Refusal::retryAfter).orElse(Duration.ofSeconds(7)))
                .isEqualTo(Duration.ofSeconds(bucket.equals("ADDRESS") ? 9 : 7));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:",
        "2001:0db8:0001:0002:ffff::9, 2001:db8:1:2:",
        "2001:db8::1, 2001:db8:0:0:",
        "::1, 0:0:0:0:",
        "fe80::1%eth0, fe80:0:0:0:",
        "null, null"
    })
    void aNetworkIsWhatOneHouseholdHas(String address, String network) {
        // When / Then
        assertThat(GuessRules.network(address)).isEqualTo(network);
    }

    private static Count count(long attempts, long seconds) {
        return new Count(attempts, Duration.ofSeconds(seconds));
    }
}

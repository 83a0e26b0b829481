package dev.quittance.provisioning.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "active,   false, ,                     false, not-yet-paid",
        "active,   false, 2026-03-01T00:00:00Z, false, expired",
        "active,   false, 2026-03-01T00:00:01Z, true,  paid",
        "active,   true,  2026-04-01T00:00:00Z, false, paused",
        "suspended,false, 2026-04-01T00:00:00Z, false, closed",
        "retired,  false, ,                     false, closed"
    })
    void accessFollowsFromStatusAndExpiry(
            String status, boolean isMarked, @Nullable Instant expiry, boolean isActive, String reason) {
        // When
        AccessRules.Access access = AccessRules.access(status, isMarked, expiry, NOW);

        // Then
        assertThat(access).isEqualTo(new AccessRules.Access(isActive, reason));
    }
}

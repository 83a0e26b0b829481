package dev.quittance.voucher.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccountHolderTest {
    @Test
    void theNewestWordCountsInWhateverOrderTheWordsCome() {
        // Given
        UUID user = new UUID(0, 2);
        UUID other = new UUID(0, 1);
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        AccountHolder old = new AccountHolder(user, "4000000000000002", noon);
        AccountHolder later = new AccountHolder(user, "4000000000000010", noon.plusSeconds(1));
        AccountHolder alone = new AccountHolder(other, "4000000000000028", noon);

        // When / Then
        assertThat(AccountHolder.newest(List.of(old, later, alone))).containsExactly(alone, later);
        assertThat(AccountHolder.newest(List.of(alone, later, old))).containsExactly(alone, later);
    }
}

package dev.quittance.billing.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostingTest {
    private static final Cause CAUSE = new Cause("", "evt_1", 0);

    @Test
    void refusesLinesThatDoNotSumToZero() {
        assertThatThrownBy(() -> posting(
                        EntryLine.debit(LedgerAccount.revenue("EUR"), 2),
                        EntryLine.credit(LedgerAccount.revenue("EUR"), 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesUnitsThatOnlyTogetherSumToZero() {
        assertThatThrownBy(() -> posting(
                        EntryLine.debit(LedgerAccount.revenue("EUR"), 1),
                        EntryLine.credit(LedgerAccount.revenue("USD"), 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAmountsThatAreNotPositive() {
        assertThatThrownBy(() -> EntryLine.debit(LedgerAccount.revenue("EUR"), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theShardOfAKeyIsItsPartition() {
        assertThat(Shards.of(null)).isZero();
        assertThat(Shards.of("/cus_1")).isEqualTo(Shards.of("/cus_1")).isBetween(0, 11);
        assertThat(List.of("a", "b", "c", "d", "e", "f").stream()
                        .map(Shards::of)
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    private static Posting posting(EntryLine... lines) {
        return new Posting("key", "rule", CAUSE, Instant.EPOCH, List.of(lines));
    }
}

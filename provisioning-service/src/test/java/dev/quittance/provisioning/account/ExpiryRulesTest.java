package dev.quittance.provisioning.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpiryRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String NUMBER = "4242424242424242";
    private static final UUID USER = new UUID(1, 1);

    @Test
    void aFirstVoucherCountsFromNow() {
        // Given
        Expiries expiries = expiries(null);

        // When
        redeem(expiries, 1, VoucherTerm.ofMonths(1));

        // Then
        assertThat(moves(expiries)).containsExactly(Instant.parse("2026-02-28T12:00:00Z"));
    }

    @Test
    void timeThatIsLeftIsKept() {
        // Given
        Expiries expiries = expiries(Instant.parse("2026-03-10T00:00:00Z"));

        // When
        redeem(expiries, 1, VoucherTerm.ofDays(10));

        // Then
        assertThat(moves(expiries)).containsExactly(Instant.parse("2026-03-20T00:00:00Z"));
    }

    @Test
    void timeThatIsOverIsNotFilledUp() {
        // Given
        Expiries expiries = expiries(Instant.parse("2025-01-01T00:00:00Z"));

        // When
        redeem(expiries, 1, VoucherTerm.ofDays(10));

        // Then
        assertThat(moves(expiries)).containsExactly(Instant.parse("2026-02-10T12:00:00Z"));
    }

    @Test
    void severalInOneBatchFoldInOrder() {
        // Given
        Expiries expiries = expiries(null);

        // When
        redeem(expiries, 1, VoucherTerm.ofDays(10));
        redeem(expiries, 2, VoucherTerm.ofDays(10));

        // Then
        assertThat(moves(expiries))
                .containsExactly(Instant.parse("2026-02-10T12:00:00Z"), Instant.parse("2026-02-20T12:00:00Z"));
    }

    @Test
    void aVoucherCountsOnce() {
        // Given
        Expiries expiries = expiries(null);
        redeem(expiries, 1, VoucherTerm.ofDays(10));

        // When
        ExpiryRules.Outcome again = redeem(expiries, 1, VoucherTerm.ofDays(10));

        // Then
        assertThat(again).isInstanceOf(ExpiryRules.Outcome.Known.class);
        assertThat(moves(expiries)).hasSize(1);
    }

    @Test
    void anUnknownAccountIsSaidToBeUnknown() {
        // Given
        Expiries nobody = new Expiries();

        // When
        ExpiryRules.Outcome outcome = redeem(nobody, 1, VoucherTerm.ofDays(10));

        // Then
        assertThat(outcome).isInstanceOf(ExpiryRules.Outcome.AccountUnknown.class);
    }

    private static Expiries expiries(@Nullable Instant expiry) {
        Expiries expiries = new Expiries();
        expiries.load(NUMBER, new Expiries.Account(USER, expiry));
        return expiries;
    }

    private static ExpiryRules.Outcome redeem(Expiries expiries, int voucher, VoucherTerm term) {
        return ExpiryRules.redeem(new VoucherTime(new UUID(2, voucher), NUMBER, term), "evt", expiries, NOW);
    }

    private static List<Instant> moves(Expiries expiries) {
        return expiries.extensions().stream().map(Extension::expiry).toList();
    }
}

package dev.quittance.voucher.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.redemption.ExpiryRules.Extension;
import dev.quittance.voucher.redemption.ExpiryRules.Pending;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @DisplayName("G9: an expired account is extended from now, a paid one from where it ends")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, 1, 0, 2026-02-28T12:00:00Z, 28",
                "2026-01-01T00:00:00Z, 1, 0, 2026-02-28T12:00:00Z, 28",
                "2026-03-31T00:00:00Z, 1, 0, 2026-04-30T00:00:00Z, 30",
                "2028-01-31T00:00:00Z, 1, 0, 2028-02-29T00:00:00Z, 29",
                "2026-02-10T00:00:00Z, 0, 30, 2026-03-12T00:00:00Z, 30",
                "2026-02-10T00:00:00Z, 12, 0, 2027-02-10T00:00:00Z, 365"
            })
    void timeIsAdded(@Nullable Instant told, int months, int days, Instant expected, long daysAdded) {
        // Given
        VoucherTerm term = new VoucherTerm(months, days);

        // When
        Extension extension = ExpiryRules.extend(told, List.of(), term, NOW);
        RedemptionView view = RedemptionView.redeemed(UUID.randomUUID(), "1", months, days, extension, NOW);

        // Then
        assertThat(extension).isEqualTo(new Extension(told, expected));
        assertThat(view.daysAdded()).isEqualTo(daysAdded);
        assertThat(view.previousExpiry()).isEqualTo(told);
        assertThat(view.expiry()).isEqualTo(expected);
    }

    @Test
    void timeOnItsWayComesFirst() {
        // Given
        List<Pending> pending = List.of(
                new Pending(NOW.minusSeconds(60), VoucherTerm.ofDays(10)),
                new Pending(NOW.minusSeconds(30), VoucherTerm.ofDays(5)));

        // When
        Extension extension = ExpiryRules.extend(null, pending, VoucherTerm.ofDays(1), NOW);

        // Then
        Instant before = NOW.minusSeconds(60).plus(java.time.Duration.ofDays(15));
        assertThat(extension).isEqualTo(new Extension(before, before.plus(java.time.Duration.ofDays(1))));
    }
}

package dev.quittance.provisioning.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExpiryRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String NUMBER = "4242424242424242";
    private static final UUID USER = new UUID(1, 1);
    private static final long SEED = 20_261_120;

    @Test
    void aFirstVoucherCountsFromItsRedemption() {
        // Given
        Expiries expiries = expiries(null);

        // When
        ExpiryRules.apply(voucher(1, VoucherTerm.ofMonths(1)), "evt", expiries);

        // Then
        assertThat(ends(expiries)).containsExactly(Instant.parse("2026-02-28T12:00:00Z"));
    }

    @Test
    void timeThatIsLeftIsKept() {
        // Given
        Expiries expiries = expiries(Instant.parse("2026-03-10T00:00:00Z"));

        // When
        ExpiryRules.apply(voucher(1, VoucherTerm.ofDays(10)), "evt", expiries);

        // Then
        assertThat(ends(expiries)).containsExactly(Instant.parse("2026-03-20T00:00:00Z"));
    }

    @Test
    void timeThatIsOverIsNotFilledUp() {
        // Given
        Expiries expiries = expiries(Instant.parse("2025-01-01T00:00:00Z"));

        // When
        ExpiryRules.apply(voucher(1, VoucherTerm.ofDays(10)), "evt", expiries);

        // Then
        assertThat(ends(expiries)).containsExactly(Instant.parse("2026-02-10T12:00:00Z"));
    }

    @Test
    void aMoveCountsOnce() {
        // Given
        Expiries expiries = expiries(null);
        ExpiryRules.apply(voucher(1, VoucherTerm.ofDays(10)), "evt", expiries);

        // When
        ExpiryRules.Outcome again = ExpiryRules.apply(voucher(1, VoucherTerm.ofDays(10)), "evt", expiries);

        // Then
        assertThat(again).isInstanceOf(ExpiryRules.Outcome.Known.class);
        assertThat(ends(expiries)).hasSize(1);
    }

    @Test
    void anUnknownAccountIsSaidToBeUnknown() {
        assertThat(ExpiryRules.apply(voucher(1, VoucherTerm.ofDays(10)), "evt", new Expiries()))
                .isInstanceOf(ExpiryRules.Outcome.AccountUnknown.class);
    }

    @Test
    @DisplayName("D15: an early renewal with 12 days left keeps the 12 days")
    void anEarlyRenewalKeepsWhatIsLeft() {
        // Given
        TimeMove first = paid("in_1", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        TimeMove early = paid("in_2", "2026-01-20T00:00:00Z", "2026-02-20T00:00:00Z");

        // When
        @Nullable Instant expiry = ExpiryRules.expiry(null, List.of(early, first));

        // Then
        assertThat(expiry).isEqualTo("2026-03-04T00:00:00Z");
    }

    @Test
    void aRenewalThatIsPaidLateEndsWithItsPeriod() {
        assertThat(ExpiryRules.expiry(
                        null,
                        List.of(
                                paid("in_1", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
                                paid("in_2", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"))))
                .isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    @DisplayName("D16: a credit for unused time ends the period where it begins")
    void aCreditEndsThePeriodEarly() {
        // Given
        TimeMove.Invoice invoice = new TimeMove.Invoice("", "sub_1", "in_2");
        TimeMove credit = TimeMove.credited(
                NUMBER, invoice, "il_1", Instant.parse("2026-01-11T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));

        // When
        @Nullable
        Instant expiry =
                ExpiryRules.expiry(null, List.of(credit, paid("in_1", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")));

        // Then
        assertThat(expiry).isEqualTo("2026-01-11T00:00:00Z");
    }

    @Test
    @DisplayName("G4: what is taken back goes down to the moment and no further, and comes back as it was taken")
    void timeIsTakenDownToTheMomentAndGivenBack() {
        // Given
        Expiries expiries = expiries(null);
        UUID voucher = new UUID(2, 1);
        ExpiryRules.apply(voucher(1, VoucherTerm.ofDays(30)), "evt_1", expiries);

        // When
        ExpiryRules.apply(TimeMove.revoked(voucher, NUMBER, 1, day(10)), "evt_2", expiries);
        ExpiryRules.apply(TimeMove.restored(voucher, NUMBER, 2, day(12)), "evt_3", expiries);

        // Then
        assertThat(ends(expiries)).containsExactly(day(30), day(10), day(32));
        assertThat(expiries.extensions().get(1).takenSeconds()).isEqualTo(20 * 86_400);
        assertThat(expiries.extensions().get(1).owedSeconds()).isEqualTo(10 * 86_400);
        assertThat(expiries.extensions().get(2).owedSeconds())
                .as("is owed no more")
                .isEqualTo(10 * 86_400);
        assertThat(expiries.extensions().get(2).forgives()).isEqualTo("takeback:" + voucher + ":1");
    }

    @Test
    @DisplayName("G4: a revocation waits for its redemption, and a restoration for its revocation")
    void whatUndoesWaitsForWhatItUndoes() {
        // Given
        Expiries expiries = expiries(null);
        UUID voucher = new UUID(2, 1);

        // When
        ExpiryRules.Outcome early = ExpiryRules.apply(TimeMove.revoked(voucher, NUMBER, 1, day(10)), "evt", expiries);
        ExpiryRules.apply(voucher(1, VoucherTerm.ofDays(30)), "evt", expiries);
        ExpiryRules.Outcome tooSoon =
                ExpiryRules.apply(TimeMove.restored(voucher, NUMBER, 2, day(12)), "evt", expiries);

        // Then
        assertThat(early).isEqualTo(new ExpiryRules.Outcome.Waits("expiry:" + voucher));
        assertThat(tooSoon).isEqualTo(new ExpiryRules.Outcome.Waits("takeback:" + voucher + ":1"));
    }

    @Test
    void everyOrderOfTheSameMovesEndsAlike() {
        // Given
        UUID voucher = new UUID(2, 1);
        List<TimeMove> moves = new ArrayList<>(List.of(
                voucher(1, VoucherTerm.ofMonths(1)),
                voucher(2, VoucherTerm.ofDays(7)),
                TimeMove.revoked(voucher, NUMBER, 1, day(20)),
                TimeMove.restored(voucher, NUMBER, 2, day(25)),
                paid("in_1", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
                paid("in_2", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")));
        @Nullable Instant expected = ExpiryRules.expiry(null, moves);
        Random random = new Random(SEED);

        // When Then
        for (int i = 0; i < 200; i++) {
            Collections.shuffle(moves, random);
            assertThat(ExpiryRules.expiry(null, moves)).as("seed %d", SEED).isEqualTo(expected);
        }
    }

    private static Instant day(int days) {
        return NOW.plusSeconds(days * 86_400L);
    }

    private static TimeMove voucher(int voucher, VoucherTerm term) {
        return TimeMove.redeemed(new UUID(2, voucher), NUMBER, term, NOW);
    }

    private static TimeMove paid(String invoice, String start, String end) {
        return TimeMove.paid(
                NUMBER, new TimeMove.Invoice("", "sub_1", invoice), "il_1", Instant.parse(start), Instant.parse(end));
    }

    private static Expiries expiries(@Nullable Instant expiry) {
        Expiries expiries = new Expiries();
        expiries.load(NUMBER, new Expiries.Account(USER, expiry, expiry, List.of()));
        return expiries;
    }

    private static List<@Nullable Instant> ends(Expiries expiries) {
        List<@Nullable Instant> ends = new ArrayList<>();
        expiries.extensions().forEach(extension -> ends.add(extension.expiry()));
        return ends;
    }
}

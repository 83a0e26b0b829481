package dev.quittance.voucher.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.config.VoucherConfig.EndPolicy;
import dev.quittance.voucher.config.VoucherConfig.RedeemedPolicy;
import dev.quittance.voucher.revocation.RevocationRules.Policy;
import dev.quittance.voucher.revocation.RevocationRules.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevocationRulesTest {
    private static final Policy POLICY = new Policy(RedeemedPolicy.TAKE_BACK, EndPolicy.VOID);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int PURCHASES = 10_000;
    private static final long SEED = 20_261_120;

    @ParameterizedTest
    @DisplayName("G5: a partial refund takes no more than its part, the unredeemed first")
    @CsvSource({
        "active active active, 1, 900, ''",
        "active active active, 299, 900, ''",
        "active active active, 300, 900, 3",
        "active active active, 600, 900, 2 3",
        "active active active, 900, 900, 1 2 3",
        "active redeemed redeemed, 300, 900, 1",
        "redeemed active redeemed, 600, 900, 2 3",
        "redeemed redeemed redeemed, 300, 900, 3",
        "expired active redeemed, 300, 900, 2",
        "expired redeemed redeemed, 300, 900, 1",
        "active active active, 0, 900, ''",
        "active active active, 1000, 900, 1 2 3"
    })
    void aPartialRefundTakesItsPart(String statuses, long reversed, long paid, String units) {
        // Given
        List<Holding> purchase = purchase(statuses);

        // When
        Set<UUID> taken = RevocationRules.taken(purchase, money(reversed, paid, 1), RedeemedPolicy.TAKE_BACK);

        // Then
        assertThat(unitsOf(purchase, taken)).isEqualTo(units);
    }

    @Test
    void byPolicyTheRedeemedStay() {
        // Given
        List<Holding> purchase = purchase("active redeemed redeemed");

        // When
        Set<UUID> taken = RevocationRules.taken(purchase, money(900, 900, 1), RedeemedPolicy.KEEP);

        // Then
        assertThat(unitsOf(purchase, taken)).isEqualTo("1");
    }

    @Test
    @DisplayName("G5: never more time than money, whatever was sold together")
    void neverMoreTimeThanMoney() {
        // Given
        Random random = new Random(SEED);

        for (int i = 0; i < PURCHASES; i++) {
            List<Holding> purchase = randomPurchase(random);
            long paid = 1 + random.nextInt(1_000_000);
            long reversed = random.nextLong(paid + 1);

            // When
            Set<UUID> taken = RevocationRules.taken(purchase, money(reversed, paid, 1), RedeemedPolicy.TAKE_BACK);

            // Then
            long all = days(purchase);
            long of = days(purchase.stream().filter(v -> taken.contains(v.id())).toList());
            assertThat(of * paid).as("seed %d purchase %d", SEED, i).isLessThanOrEqualTo(all * reversed);
            assertThat(reversed < paid || taken.size() == purchase.size()).isTrue();
        }
    }

    @Test
    @DisplayName("G4: what was refunded and restored is as it was, and deciding twice changes nothing")
    void decidingFollowsTheSituationAndNothingElse() {
        // Given
        Random random = new Random(SEED);

        for (int i = 0; i < PURCHASES; i++) {
            List<Holding> before = randomPurchase(random);
            List<Holding> now = before;
            long paid = 1 + random.nextInt(1_000_000);

            // When
            for (int revision = 1; revision < 4; revision++) {
                now = turned(now, money(random.nextLong(paid + 1), paid, revision));
            }
            MoneyState last = money(random.nextLong(paid + 1), paid, 4);

            // Then
            assertThat(statuses(turned(now, last))).isEqualTo(statuses(turned(before, last)));
            assertThat(RevocationRules.turns(turned(now, last), situation(last), POLICY))
                    .isEmpty();
            assertThat(statuses(turned(now, money(0, paid, 5)))).isEqualTo(statuses(before));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "canceled, VOID, void redeemed",
        "unpaid, VOID, void redeemed",
        "incomplete_expired, VOID, void redeemed",
        "past_due, VOID, active redeemed",
        "active, VOID, active redeemed",
        "canceled, KEEP, active redeemed"
    })
    void theEndOfASubscriptionTakesWhatIsUnredeemed(String status, EndPolicy policy, String expected) {
        // Given
        List<Holding> vouchers = purchase("active redeemed");
        Situation situation = new Situation(List.of(), List.of(new SubscriptionState("", "sub_1", 3, status, NOW)));

        // When
        List<Turn> turns = RevocationRules.turns(vouchers, situation, new Policy(RedeemedPolicy.TAKE_BACK, policy));

        // Then
        assertThat(String.join(" ", statuses(turned(vouchers, turns)))).isEqualTo(expected);
    }

    @Test
    void whatTwoCausesTookComesBackOnlyWhenBothAreGone() {
        // Given
        MoneyState refunded = money(900, 900, 1);
        MoneyState restored = money(0, 900, 2);
        SubscriptionState ended = new SubscriptionState("", "sub_1", 1, "canceled", NOW);
        SubscriptionState alive = new SubscriptionState("", "sub_1", 2, "active", NOW);
        List<Holding> taken = turned(
                purchase("active"),
                RevocationRules.turns(purchase("active"), new Situation(List.of(refunded), List.of(ended)), POLICY));

        // When
        List<Turn> half = RevocationRules.turns(taken, new Situation(List.of(restored), List.of(ended)), POLICY);
        List<Turn> whole = RevocationRules.turns(taken, new Situation(List.of(restored), List.of(alive)), POLICY);

        // Then
        assertThat(half).isEmpty();
        assertThat(whole).extracting(Turn::toStatus).containsExactly("active");
    }

    private static List<Holding> turned(List<Holding> vouchers, MoneyState money) {
        return turned(vouchers, RevocationRules.turns(vouchers, situation(money), POLICY));
    }

    private static List<Holding> turned(List<Holding> vouchers, List<Turn> turns) {
        return vouchers.stream()
                .map(voucher -> turns.stream()
                        .filter(turn -> turn.voucher().unit() == voucher.unit())
                        .findFirst()
                        .map(turn -> holding(
                                voucher.unit(),
                                voucher.term(),
                                turn.toStatus(),
                                turn.isRevocation() ? voucher.status() : null))
                        .orElse(voucher))
                .toList();
    }

    private static Situation situation(MoneyState money) {
        return new Situation(List.of(money), List.of());
    }

    private static List<Holding> randomPurchase(Random random) {
        List<String> statuses = List.of("active", "redeemed", "expired", "void");
        return IntStream.rangeClosed(1, 1 + random.nextInt(6))
                .mapToObj(unit -> holding(
                        unit,
                        random.nextBoolean()
                                ? VoucherTerm.ofMonths(1 + random.nextInt(12))
                                : VoucherTerm.ofDays(1 + random.nextInt(400)),
                        statuses.get(random.nextInt(statuses.size())),
                        null))
                .toList();
    }

    private static List<Holding> purchase(String statuses) {
        List<Holding> purchase = new ArrayList<>();
        for (String status : statuses.split(" ", -1)) {
            purchase.add(holding(purchase.size() + 1, VoucherTerm.ofMonths(1), status, null));
        }
        return purchase;
    }

    private static Holding holding(
            int unit, VoucherTerm term, String status, @org.jspecify.annotations.Nullable String revokedFrom) {
        return new Holding(
                new UUID(0, unit),
                "pi_1",
                unit,
                term,
                status,
                revokedFrom,
                revokedFrom == null ? null : "re_1",
                0,
                "4111111111111111",
                "",
                "sub_1");
    }

    private static MoneyState money(long reversed, long paid, long revision) {
        return new MoneyState("pi_1", revision, "re_" + revision, paid, reversed, "EUR", NOW);
    }

    private static long days(List<Holding> vouchers) {
        return vouchers.stream()
                .mapToLong(voucher ->
                        30L * voucher.term().months() + voucher.term().days())
                .sum();
    }

    private static List<String> statuses(List<Holding> vouchers) {
        return vouchers.stream().map(Holding::status).toList();
    }

    private static String unitsOf(List<Holding> purchase, Set<UUID> taken) {
        return purchase.stream()
                .filter(voucher -> taken.contains(voucher.id()))
                .map(voucher -> Integer.toString(voucher.unit()))
                .collect(Collectors.joining(" "));
    }
}

package dev.quittance.provisioning.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.provisioning.account.TimeMove;
import dev.quittance.provisioning.subscription.SubscriptionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-15T00:00:00Z");
    private static final Policy POLICY = new Policy(Duration.ofDays(7), true, Set.of("dispute"), 1, 1);
    private static final String NUMBER = "4242424242424242";

    @ParameterizedTest
    @CsvSource({
        // status, days until paid, days since a payment failed, granted, days until, reason
        "active,             10,   , true,  10, subscription",
        "active,             -1,   , true,  6,  renewal-grace",
        "active,             -8,   , false, ,   renewal-unpaid",
        "active,             ,     , false, ,   not-yet-paid",
        "past_due,           -1, 1 , true,  6,  past-due-grace",
        "past_due,           -8, 3 , true,  4,  past-due-grace",
        "past_due,           -9, 8 , false, ,   past-due",
        "past_due,           ,   1 , false, ,   past-due",
        "unpaid,             -1, 1 , false, ,   unpaid",
        "incomplete,         ,     , false, ,   incomplete",
        "incomplete_expired, ,     , false, ,   incomplete-expired",
        "paused,             10,   , false, ,   subscription-paused",
        "canceled,           10,   , true,  10, canceled-paid-through",
        "canceled,           -1,   , false, ,   canceled",
        "something_new,      10,   , true,  10, subscription"
    })
    @DisplayName("D9, D10: each of Stripe's statuses gives what it means, past_due with grace")
    void eachStatusGivesWhatItMeans(
            String status,
            @Nullable Integer paid,
            @Nullable Integer failed,
            boolean granted,
            @Nullable Integer until,
            String reason) {
        // Given
        Subscribed subscription = subscribed("sub_1", status, day(paid), failed == null ? null : day(-failed));

        // When
        Access access = AccessRules.access(inputs(List.of(), List.of(subscription), List.of()), POLICY, NOW);

        // Then
        assertThat(access.active()).isEqualTo(granted);
        assertThat(access.until()).isEqualTo(day(until));
        assertThat(access.reasons()).contains(reason);
    }

    @Test
    @DisplayName("D6, D7: access is what any live subscription gives")
    void anyLiveSubscriptionGivesAccess() {
        // When
        Access access = AccessRules.access(
                inputs(
                        List.of(),
                        List.of(
                                subscribed("sub_old", "canceled", day(-1), null),
                                subscribed("sub_new", "active", day(20), null)),
                        List.of()),
                POLICY,
                NOW);

        // Then
        assertThat(access.active()).isTrue();
        assertThat(access.until()).isEqualTo(day(20));
        assertThat(access.reasons()).containsExactly("subscription");
    }

    @Test
    @DisplayName("D11: pause_collection holds what the subscription paid for, and not what a voucher gave")
    void pausedCollectionHoldsTheSubscriptionsTime() {
        // Given
        Subscribed paused = new Subscribed(
                "sub_1", new SubscriptionState.Active(), day(20), null, null, null, false, null, true, null);
        TimeMove paid = TimeMove.paid(
                NUMBER,
                new TimeMove.Invoice("", "sub_1", "in_1"),
                "il_1",
                NOW.minus(Duration.ofDays(10)),
                NOW.plus(Duration.ofDays(20)));
        TimeMove voucher = TimeMove.redeemed(
                new UUID(1, 1),
                NUMBER,
                dev.quittance.contracts.voucher.VoucherTerm.ofDays(3),
                NOW.minus(Duration.ofDays(1)));

        // When
        Access withoutVoucher = AccessRules.access(inputs(List.of(paid), List.of(paused), List.of()), POLICY, NOW);
        Access withVoucher =
                AccessRules.access(inputs(List.of(paid, voucher), List.of(paused), List.of()), POLICY, NOW);
        Access byOtherPolicy = AccessRules.access(
                inputs(List.of(paid), List.of(paused), List.of()),
                new Policy(Duration.ofDays(7), false, Set.of(), 1, 1),
                NOW);

        // Then
        assertThat(withoutVoucher.active()).isFalse();
        assertThat(withoutVoucher.reasons()).contains("collection-paused");
        assertThat(withVoucher.until()).isEqualTo(day(2));
        assertThat(withVoucher.reasons()).containsExactly("paid");
        assertThat(byOtherPolicy.active()).isTrue();
    }

    @Test
    @DisplayName("D16: cancel_at_period_end and cancel_at end access on their day, without grace")
    void anAnnouncedEndIsTheEnd() {
        // Given
        Subscribed atPeriodEnd = new Subscribed(
                "sub_1", new SubscriptionState.Active(), day(-1), null, null, null, true, null, false, null);
        Subscribed atDay = new Subscribed(
                "sub_1", new SubscriptionState.Active(), day(20), null, null, null, false, day(5), false, null);

        // When Then
        assertThat(AccessRules.access(inputs(List.of(), List.of(atPeriodEnd), List.of()), POLICY, NOW)
                        .active())
                .isFalse();
        assertThat(AccessRules.access(inputs(List.of(), List.of(atDay), List.of()), POLICY, NOW)
                        .until())
                .isEqualTo(day(5));
    }

    @Test
    @DisplayName("D17: only the first trial of a user counts")
    void aSecondTrialGivesNothing() {
        // Given
        Subscribed first = new Subscribed(
                "sub_1", new SubscriptionState.Canceled(), null, null, day(-40), day(-30), false, null, false, null);
        Subscribed second = new Subscribed(
                "sub_2", new SubscriptionState.Trialing(), null, null, day(-1), day(13), false, null, false, null);

        // When
        Access both = AccessRules.access(inputs(List.of(), List.of(second, first), List.of()), POLICY, NOW);
        Access alone = AccessRules.access(inputs(List.of(), List.of(second), List.of()), POLICY, NOW);

        // Then
        assertThat(both.active()).isFalse();
        assertThat(both.reasons()).contains("trial-used");
        assertThat(alone.until()).isEqualTo(day(13));
        assertThat(alone.reasons()).containsExactly("trial");
    }

    @Test
    @DisplayName("F7, F10: a dispute holds access, an inquiry or a review does not")
    void onlyWhatThePolicyNamesHolds() {
        // Given
        List<Subscribed> live = List.of(subscribed("sub_1", "active", day(20), null));

        // When Then
        assertThat(AccessRules.access(inputs(List.of(), live, List.of("dispute")), POLICY, NOW))
                .isEqualTo(new Access(false, null, List.of("held-dispute"), null));
        assertThat(AccessRules.access(inputs(List.of(), live, List.of("review", "early_fraud_warning")), POLICY, NOW)
                        .active())
                .isTrue();
    }

    @Test
    @DisplayName("G9: a closed account, and one that its user paused, gives none")
    void aClosedAccountGivesNone() {
        // Given
        List<Subscribed> live = List.of(subscribed("sub_1", "active", day(20), null));

        // When Then
        assertThat(AccessRules.access(
                                new AccessInputs(
                                        new UUID(1, 1), NUMBER, "suspended", false, null, List.of(), live, List.of()),
                                POLICY,
                                NOW)
                        .reasons())
                .containsExactly("closed");
        assertThat(AccessRules.access(
                                new AccessInputs(
                                        new UUID(1, 1), NUMBER, "active", true, null, List.of(), live, List.of()),
                                POLICY,
                                NOW)
                        .reasons())
                .containsExactly("paused");
    }

    private static Subscribed subscribed(
            String id, String status, @Nullable Instant paidUntil, @Nullable Instant failedAt) {
        return new Subscribed(
                id, SubscriptionState.of(status), paidUntil, failedAt, null, null, false, null, false, null);
    }

    private static AccessInputs inputs(List<TimeMove> moves, List<Subscribed> subscriptions, List<String> holds) {
        return new AccessInputs(new UUID(1, 1), NUMBER, "active", false, null, moves, subscriptions, holds);
    }

    private static @Nullable Instant day(@Nullable Integer days) {
        return days == null ? null : NOW.plus(Duration.ofDays(days));
    }
}

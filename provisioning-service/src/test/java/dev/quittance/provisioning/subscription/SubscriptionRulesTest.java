package dev.quittance.provisioning.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionRulesTest {
    private static final Instant END = Instant.ofEpochSecond(5_000);

    @ParameterizedTest
    @CsvSource({
        // D1, D4: what is newer stands; what has begun to live is not incomplete again, what has ended does not live
        // again
        "incomplete/10/0, active/10/1, active",
        "incomplete/20/1, active/10/1, active",
        "past_due/10/1, active/20/1, active",
        "active/10/1, past_due/20/1, past_due",
        "canceled/10/1, active/20/1, canceled",
        "incomplete_expired/10/1, incomplete/20/1, incomplete_expired",
        "active/10/0, something_new/20/1, something_new"
    })
    void whatIsNewerStands(String one, String other, String expected) {
        // Given
        Snapshot a = state("evt_a", one);
        Snapshot b = state("evt_b", other);

        // When Then
        assertThat(SubscriptionRules.head(List.of(a, b)).status()).isEqualTo(expected);
        assertThat(SubscriptionRules.head(List.of(b, a)).status()).isEqualTo(expected);
    }

    @Test
    @DisplayName("D3: of three events of one second the one stands that no other came after, in every order")
    void ofOneSecondTheLastInTheChainStands() {
        // Given
        Snapshot active = state("evt_z", "active/10/1", Map.of("status", "incomplete"));
        Snapshot pastDue = state("evt_y", "past_due/10/1", Map.of("status", "active"));
        Snapshot unpaid = state("evt_a", "unpaid/10/1", Map.of("status", "past_due"));

        // When Then
        for (List<Snapshot> order : orders(List.of(active, pastDue, unpaid))) {
            assertThat(SubscriptionRules.head(order).status()).isEqualTo("unpaid");
        }
    }

    @Test
    void aCircleWithinOneSecondIsDecidedAlikeEachTime() {
        // Given
        Snapshot there = state("evt_1", "past_due/10/1", Map.of("status", "active"));
        Snapshot back = state("evt_2", "active/10/1", Map.of("status", "past_due"));

        // When Then
        assertThat(SubscriptionRules.head(List.of(there, back)))
                .isEqualTo(SubscriptionRules.head(List.of(back, there)));
    }

    @Test
    @DisplayName("D13: an item that is removed is closed, and none is lost")
    void aRemovedItemIsClosed() {
        // Given
        Snapshot both = with(state("evt_1", "active/10/0"), item("si_1", "price_1"), item("si_2", "price_2"));
        Snapshot one = with(state("evt_2", "active/20/1"), item("si_2", "price_2"), item("si_3", "price_3"));

        // When
        List<SubscriptionRules.KnownItem> items = SubscriptionRules.items(List.of(one, both));

        // Then
        assertThat(items)
                .extracting(known -> known.item().itemId() + known.current())
                .containsExactlyInAnyOrder("si_1false", "si_2true", "si_3true");
    }

    @Test
    @DisplayName("D8: the history of plans stays, each from when until when")
    void thePlansHaveAHistory() {
        // Given
        Snapshot first = with(state("evt_1", "active/10/0"), item("si_1", "price_1"));
        Snapshot changed = with(state("evt_2", "active/20/1"), item("si_1", "price_2"));
        Snapshot ended = with(state("evt_3", "canceled/30/1"), item("si_1", "price_2"));

        // When Then
        for (List<Snapshot> order : orders(List.of(first, changed, ended))) {
            assertThat(SubscriptionRules.plans(order))
                    .containsExactlyInAnyOrder(
                            new SubscriptionRules.PlanSpan(
                                    "price_1", Instant.ofEpochSecond(10), Instant.ofEpochSecond(20)),
                            new SubscriptionRules.PlanSpan(
                                    "price_2", Instant.ofEpochSecond(20), Instant.ofEpochSecond(30)));
        }
    }

    @Test
    void aPeriodGivesAVoucherForEachUnitByThePriceElseByItsProduct() {
        // Given
        Snapshot.Item own = new Snapshot.Item("si_1", "price_1", "prod_1", 2L, null, END, 1, 0);
        Snapshot.Item products = new Snapshot.Item("si_2", "price_2", "prod_2", null, null, END, null, null);
        Snapshot head = with(state("evt_1", "active/10/0"), own, products);

        // When
        List<VoucherTerm> vouchers = SubscriptionRules.vouchers(head, _ -> Optional.of(VoucherTerm.ofDays(7)));

        // Then
        assertThat(vouchers).containsExactly(VoucherTerm.ofMonths(1), VoucherTerm.ofMonths(1), VoucherTerm.ofDays(7));
    }

    private static Snapshot.Item item(String id, String price) {
        return new Snapshot.Item(id, price, "prod_1", 1L, null, END, null, null);
    }

    private static Snapshot state(String eventId, String spelt) {
        return state(eventId, spelt, Map.of());
    }

    private static Snapshot state(String eventId, String spelt, Map<String, String> previous) {
        List<String> parts = List.of(spelt.split("/", -1));
        return new Snapshot(
                eventId,
                Long.parseLong(parts.get(1)),
                Integer.parseInt(parts.get(2)),
                previous,
                "cus_1",
                parts.get(0),
                List.of(),
                null,
                END,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of());
    }

    private static Snapshot with(Snapshot s, Snapshot.Item... items) {
        return new Snapshot(
                s.eventId(),
                s.second(),
                s.updates(),
                s.previous(),
                s.customerId(),
                s.status(),
                List.of(items),
                s.periodStart(),
                s.periodEnd(),
                s.cancelsAtPeriodEnd(),
                s.cancelAt(),
                s.canceledAt(),
                s.endedAt(),
                s.trialStart(),
                s.trialEnd(),
                s.created(),
                s.pausedBehavior(),
                s.resumesAt(),
                s.scheduleId(),
                s.cancellationReason(),
                s.metadata());
    }

    private static <T> List<List<T>> orders(List<T> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> orders = new ArrayList<>();
        for (T first : of) {
            List<T> rest = new ArrayList<>(of);
            rest.remove(first);
            for (List<T> tail : orders(rest)) {
                List<T> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                orders.add(order);
            }
        }
        return orders;
    }
}

package dev.quittance.provisioning.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NotedTest {
    private static final Optional<Instant> EARLY = Optional.of(Instant.parse("2026-01-01T00:00:00Z"));
    private static final Optional<Instant> LATE = Optional.of(Instant.parse("2026-01-02T00:00:00Z"));

    @Test
    void anOlderWordNeverReplacesANewer() {
        // Given
        Noted newer = new Noted("new", Stamp.stated(LATE, true, "evt_1"));
        Noted older = new Noted("old", Stamp.stated(EARLY, true, "evt_2"));

        // Then
        assertThat(Noted.later(newer, older)).isEqualTo(newer);
        assertThat(Noted.later(older, newer)).isEqualTo(newer);
    }

    @Test
    void inOneSecondAnUpdateIsLaterThanTheCreation() {
        // Given
        Noted created = new Noted("created", Stamp.stated(EARLY, false, "evt_9"));
        Noted updated = new Noted("updated", Stamp.stated(EARLY, true, "evt_1"));

        // Then
        assertThat(Noted.later(created, updated)).isEqualTo(updated);
        assertThat(Noted.later(updated, created)).isEqualTo(updated);
    }

    @Test
    void whatWasTypedGivesWayToWhatIsStatedAndNeverTheOtherWayRound() {
        // Given
        Noted typed = new Noted("typed", Stamp.typed(LATE, "evt_1"));
        Noted stated = new Noted("stated", Stamp.stated(EARLY, false, "evt_2"));

        // Then
        assertThat(Noted.later(typed, stated)).isEqualTo(stated);
        assertThat(Noted.later(stated, typed)).isEqualTo(stated);
    }

    @Test
    void whatStandsBesideAPurchaseGivesWayToEverythingThatIsSaid() {
        // Given
        Noted card = new Noted("card", Stamp.hinted(HintPlace.CARD, EARLY, "evt_1"));
        Noted charge = new Noted("charge", Stamp.hinted(HintPlace.CHARGE, LATE, "evt_2"));
        Noted invoice = new Noted("invoice", Stamp.hinted(HintPlace.INVOICE, LATE, "evt_3"));
        Noted typed = new Noted("typed", Stamp.typed(EARLY, "evt_4"));
        Noted stated = new Noted("stated", Stamp.stated(EARLY, false, "evt_5"));
        List<Noted> byTrust = List.of(card, charge, invoice, typed, stated);

        // Then
        for (int better = 1; better < byTrust.size(); better++) {
            for (int worse = 0; worse < better; worse++) {
                assertThat(Noted.later(byTrust.get(better), byTrust.get(worse))).isEqualTo(byTrust.get(better));
                assertThat(Noted.later(byTrust.get(worse), byTrust.get(better))).isEqualTo(byTrust.get(better));
            }
        }
    }

    @Test
    void nothingReplacesWhatIsTheUsersOwnAndNothingReplacesByNothing() {
        // Given
        Noted own = new Noted("own", null);
        Noted stated = new Noted("stated", Stamp.stated(LATE, true, "evt_1"));

        // Then
        assertThat(Noted.later(own, stated)).isEqualTo(own);
        assertThat(Noted.later(stated, null)).isEqualTo(stated);
        assertThat(Noted.later(null, stated)).isEqualTo(stated);
    }

    @Test
    void mergingIsTheSameInEveryOrder() {
        // Given
        List<@Nullable Noted> words = java.util.Arrays.asList(
                null,
                new Noted("a", Stamp.stated(EARLY, false, "evt_1")),
                new Noted("b", Stamp.stated(EARLY, true, "evt_2")),
                new Noted("c", Stamp.stated(EARLY, true, "evt_3")),
                new Noted("d", Stamp.stated(LATE, false, "evt_4")),
                new Noted("e", Stamp.typed(LATE, "evt_5")),
                new Noted("f", Stamp.hinted(HintPlace.INVOICE, EARLY, "evt_6")),
                new Noted("g", Stamp.hinted(HintPlace.INVOICE, LATE, "evt_7")),
                new Noted("h", Stamp.hinted(HintPlace.CARD, EARLY, "evt_8")));

        // Then
        for (Noted one : words) {
            for (Noted two : words) {
                for (Noted three : words) {
                    Noted left = Noted.later(Noted.later(one, two), three);
                    Noted right = Noted.later(Noted.later(three, two), one);
                    assertThat(Objects.equals(left, right))
                            .as("%s %s %s", one, two, three)
                            .isTrue();
                }
            }
        }
    }
}

package dev.quittance.endtoend.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.endtoend.bench.ChargeEvents.Charge;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The events are Stripe's in all that the service looks at, each its own, and the same in every run. */
class ChargeEventsTest {
    @Test
    void anEventIsReadableAsAPaidCharge() {
        // Given
        Charge charge = new ChargeEvents(1).next();

        // When
        StripeEvent.Reading reading = StripeEvent.read(charge.body());

        // Then
        assertThat(reading).isInstanceOfSatisfying(StripeEvent.Reading.Read.class, read -> {
            assertThat(read.event().id()).isEqualTo(charge.eventId());
            assertThat(read.event().type()).isEqualTo("charge.succeeded");
            assertThat(read.event().object().integer("amount").orElse(0L)).isEqualTo(charge.amountMinor());
            assertThat(read.event().object().id("customer").orElse("")).isEqualTo(charge.key());
        });
        assertThat(charge.body()).hasSizeBetween(2_000, 4_000);
    }

    @Test
    void idsAreDistinctAndTheSeedDecidesEveryByte() {
        // Given
        ChargeEvents one = new ChargeEvents(7);
        ChargeEvents same = new ChargeEvents(7);
        Set<String> ids = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            // When
            Charge charge = one.next();

            // Then
            assertThat(ids.add(charge.eventId())).isTrue();
            assertThat(same.next().body()).isEqualTo(charge.body());
        }
    }
}

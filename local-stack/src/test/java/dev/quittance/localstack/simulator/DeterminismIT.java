package dev.quittance.localstack.simulator;

import static com.stripe.param.PriceCreateParams.Recurring.Interval.MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same seed and the same levers tell the same story: ids, order, times and contents. */
class DeterminismIT {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

    /** Everything but the id of the request, which names the attempt, and not what happened. */
    private static List<String> story(long seed) throws Exception {
        try (TestShop shop = new TestShop(0, seed, NOW)) {
            Charge charge = shop.buy();
            shop.control("/_sim/disputes", "{\"charge\":\"" + charge.getId() + "\"}");
            SubscriptionShop plans = new SubscriptionShop(shop);
            plans.buy(0, List.of(plans.price(1000, MONTH)));
            plans.advance(40);
            List<String> story = new ArrayList<>();
            for (Event event : shop.stripe()
                    .v1()
                    .events()
                    .list(EventListParams.builder().setLimit(100L).build())
                    .getData()) {
                story.add(event.getId() + " " + event.getCreated() + " " + event.getType() + " "
                        + event.getDataObjectDeserializer().getRawJson());
            }
            return story;
        }
    }

    @Test
    void oneSeedIsOneStory() throws Exception {
        // When
        List<String> first = story(7);
        List<String> second = story(7);
        List<String> other = story(8);

        // Then
        assertThat(first).hasSizeGreaterThan(30).isEqualTo(second);
        assertThat(other).hasSameSizeAs(first).doesNotContainAnyElementsOf(first);
    }
}

package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.endtoend.purchase.Purchase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** G2: the order of a purchase's events, and how often each comes, make no difference. */
@ExtendWith(StoryStack.Started.class)
class EveryOrderStory {
    private static final int BUYERS_AT_ONCE = 12;
    private static final String FAMILY = "order";

    @Test
    void everyOrderOfAPurchasesEventsEachDoubledEndsTheSame(StoryStack stack) throws Exception {
        // Given
        List<List<Integer>> orders =
                Permutations.of(IntStream.range(0, 6).boxed().toList());
        assertThat(orders).hasSize(720).doesNotHaveDuplicates();
        Map<String, List<Integer>> byTag = new TreeMap<>();
        for (int i = 0; i < orders.size(); i++) {
            byTag.put(FAMILY + "%03d".formatted(i), orders.get(i));
        }
        Effects effects = new Effects(stack);
        Shop shop = stack.shop();
        byTag.keySet().forEach(tag -> shop.put(new Purchase(tag).balanceTransaction()));

        // When
        try (ExecutorService buyers = Executors.newFixedThreadPool(BUYERS_AT_ONCE)) {
            List<Future<?>> bought = new ArrayList<>();
            byTag.forEach((tag, order) -> bought.add(buyers.submit(() -> post(stack.webhook(), tag, order))));
            for (Future<?> one : bought) {
                one.get();
            }
        }
        effects.awaitCounts(FAMILY + "%", Effects.Counts.each(orders.size()));
        stack.broker().awaitNothingUnread();
        effects.verify();

        // Then
        Map<String, String> dumps;
        try (Connection connection = stack.connect()) {
            dumps = Dump.of(connection, byTag.keySet());
        }
        String canonical = dumps.getOrDefault(FAMILY + "000", "");
        assertThat(canonical)
                .contains("fee:txn_PURCHASE", "grant:pi_PURCHASE:points", "grant:pi_PURCHASE:credits")
                .contains("settlement: ", "voucher: ", "account: ", "link: ")
                .doesNotContain("parked: ", "again: ", "mismatch: ");
        List<String> different = dumps.keySet().stream()
                .filter(tag -> !canonical.equals(dumps.get(tag)))
                .toList();
        assertThat(different)
                .as("purchases that ended differently")
                .allSatisfy(tag -> assertThat(dumps.get(tag))
                        .as("%d of them; this one in the order %s", different.size(), byTag.get(tag))
                        .isEqualTo(canonical));
    }

    /** Half of the purchases have each event twice in a row, the other half the whole sequence twice. */
    private static void post(Webhook webhook, String tag, List<Integer> order) {
        List<String> events = new Purchase(tag).events();
        boolean isInARow = tag.hashCode() % 2 == 0;
        for (int event : order) {
            webhook.postUntilTaken(events.get(event));
            if (isInARow) {
                webhook.postUntilTaken(events.get(event));
            }
        }
        if (!isInARow) {
            order.forEach(event -> webhook.postUntilTaken(events.get(event)));
        }
    }
}

package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** G4: whatever dies, nothing is lost, nothing is doubled, and nobody has to do anything. */
@ExtendWith(StoryStack.Started.class)
class KillStory {
    static final List<String> SERVICES =
            List.of("webhook-ingest", "provisioning-service", "billing-ledger", "voucher-service");
    private static final List<String> VICTIMS =
            Stream.concat(SERVICES.stream(), Stream.of("kafka", "postgres")).toList();
    private static final int PURCHASES = 500;
    private static final int BUYERS_AT_ONCE = 4;
    private static final String EMAIL = "killed";

    @Test
    @DisplayName("B2, B4: killing each part in the middle of purchases loses and doubles nothing")
    void killingEachPartInTheMiddleOfPurchasesLosesAndDoublesNothing(StoryStack stack) throws Exception {
        // Given
        Shop shop = stack.shop();
        String price = shop.price();
        Effects effects = new Effects(stack);
        AtomicInteger number = new AtomicInteger();
        int share = PURCHASES / VICTIMS.size();

        // When
        try (ExecutorService buyers = Executors.newFixedThreadPool(BUYERS_AT_ONCE)) {
            List<Future<?>> bought = new ArrayList<>();
            for (int i = 0; i < VICTIMS.size(); i++) {
                boolean isLast = i == VICTIMS.size() - 1;
                int count = isLast ? PURCHASES - number.get() : share;
                CountDownLatch half = new CountDownLatch(count / 2);
                for (int n = 0; n < count; n++) {
                    String email = EMAIL + number.getAndIncrement() + "@example.com";
                    bought.add(buyers.submit(() -> {
                        shop.buy(price, email, Map.of());
                        half.countDown();
                    }));
                }
                assertThat(half.await(StoryStack.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("half of the purchases are paid")
                        .isTrue();
                killAndAwaitReturn(stack, VICTIMS.get(i));
            }
            for (Future<?> one : bought) {
                one.get();
            }
        }

        // Then
        effects.awaitCounts(EMAIL + "%", Effects.Counts.each(PURCHASES));
        stack.broker().awaitNothingUnread();
        effects.verify();
        assertThat(effects.counts(EMAIL + "%")).isEqualTo(Effects.Counts.each(PURCHASES));
        assertThat(stack.broker().deadLetters()).isEmpty();
        assertThat(stack.local().failure()).isNotDone();
    }

    private static void killAndAwaitReturn(StoryStack stack, String victim) {
        long killed = stack.local().process(victim).orElseThrow().pid();
        stack.local().kill(victim);
        await(victim + " to be started again")
                .atMost(StoryStack.PATIENCE)
                .until(() -> stack.local()
                        .process(victim)
                        .filter(process -> process.pid() != killed)
                        .isPresent());
    }
}

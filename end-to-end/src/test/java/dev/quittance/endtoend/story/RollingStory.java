package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.endtoend.purchase.Purchase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A release in the middle of the day: nobody is sent away, and nothing is lost or doubled. */
@ExtendWith(StoryStack.Started.class)
class RollingStory {
    private static final String TAG = "rolled";
    private static final int PURCHASES_MAX = 400;
    private static final long PURCHASE_EVERY_MS = 250;
    private static final long READ_EVERY_MS = 50;
    private static final int SERVER_ERROR = 500;

    @Test
    void replacingEveryServiceUnderLoadSendsNobodyAwayAndLosesNothing(StoryStack stack) throws Exception {
        // Given
        Load load = new Load(stack);
        Effects effects = new Effects(stack);

        // When
        load.start();
        try {
            for (String service : KillStory.SERVICES) {
                stack.local().roll(service);
            }
        } finally {
            load.stop();
        }

        // Then
        assertThat(load.refused).isEmpty();
        assertThat(load.failures).isEmpty();
        assertThat(load.answers).hasSizeGreaterThan(2);
        int bought = load.bought.get();
        assertThat(bought).isGreaterThan(KillStory.SERVICES.size());
        effects.awaitCounts(TAG + "%", Effects.Counts.each(bought));
        stack.broker().awaitNothingUnread();
        effects.verify();
        assertThat(effects.counts(TAG + "%")).isEqualTo(Effects.Counts.each(bought));
        assertThat(stack.broker().deadLetters()).isEmpty();
        assertThat(stack.local().failure()).isNotDone();
    }

    /** Purchases at the door and users at the gateway, at a steady pace, each answer looked at. */
    private static final class Load {
        private static final Map<String, String> READS =
                Map.of("provisioning", "/api/account", "billing", "/api/balances", "voucher", "/api/vouchers");

        private final StoryStack stack;
        private final Shop shop;
        private final Buyer reader;
        private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        private final List<Future<?>> tasks = new ArrayList<>();
        private final AtomicInteger bought = new AtomicInteger();
        private final Map<String, Integer> answers = new ConcurrentHashMap<>();
        private final Queue<String> refused = new ConcurrentLinkedQueue<>();
        private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

        private Load(StoryStack stack) {
            this.stack = stack;
            this.shop = stack.shop();
            this.reader = stack.buyer(UUID.randomUUID());
        }

        private void start() {
            tasks.add(threads.scheduleWithFixedDelay(this::buy, 0, PURCHASE_EVERY_MS, TimeUnit.MILLISECONDS));
            tasks.add(threads.scheduleWithFixedDelay(this::read, 0, READ_EVERY_MS, TimeUnit.MILLISECONDS));
        }

        private void buy() {
            if (bought.get() >= PURCHASES_MAX) {
                return;
            }
            looked(() -> {
                Purchase purchase = new Purchase(TAG + bought.get());
                shop.put(purchase.balanceTransaction());
                bought.incrementAndGet();
                for (String event : purchase.events()) {
                    note("ingest", stack.webhook().postAsync(event).join());
                }
            });
        }

        private void read() {
            looked(() -> READS.forEach(
                    (service, path) -> note(service, reader.get(path).status())));
        }

        private void note(String service, int status) {
            answers.merge(service, 1, Integer::sum);
            if (status >= SERVER_ERROR) {
                refused.add(service + " answered " + status);
            }
        }

        /** A task that throws would not be run again, and nobody would hear of it. */
        private void looked(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }

        private void stop() throws InterruptedException {
            tasks.forEach(task -> task.cancel(false));
            threads.shutdown();
            assertThat(threads.awaitTermination(StoryStack.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}

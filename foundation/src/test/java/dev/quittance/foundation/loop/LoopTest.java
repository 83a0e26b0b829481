package dev.quittance.foundation.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Turn after turn, early when woken, slower while it fails, and never two at once. */
class LoopTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int TURNS = 50;

    private final AtomicInteger turns = new AtomicInteger();
    private final Loop loop = new Loop(VERTX, "test-waits", Pace.idling(LONG));

    @AfterEach
    void stop() {
        loop.stop();
    }

    @AfterAll
    static void close() {
        VERTX.closeAndAwait();
    }

    @Test
    void goesOnAtOnceWhileThereIsMoreAndThenWaits() {
        // When
        loop.start(() -> Uni.createFrom().item(turns.incrementAndGet() < TURNS));

        // Then
        await().until(() -> turns.get() == TURNS);
        await().during(SHORT.multipliedBy(5)).until(() -> turns.get() == TURNS);
    }

    @Test
    void comesAgainWhenNothingWasToDo() {
        // Given
        Loop quick = new Loop(VERTX, "test-waits", Pace.idling(SHORT));

        // When
        quick.start(() -> Uni.createFrom().item(turns.incrementAndGet() < 0));

        // Then
        await().until(() -> turns.get() > 3);
        quick.stop();
    }

    @Test
    void isWokenOutOfItsPause() {
        // Given
        loop.start(() -> Uni.createFrom().item(turns.incrementAndGet() < 0));
        await().until(() -> turns.get() == 1);

        // When Then
        for (int turn = 2; turn <= TURNS; turn++) {
            int expected = turn;
            loop.wake();
            await().until(() -> turns.get() >= expected);
        }
    }

    @Test
    void restsBeforeItGoesOnAndIsNotWokenOutOfThat() {
        // Given
        Loop resting = new Loop(VERTX, "test-waits", Pace.idling(SHORT).resting(LONG));

        // When
        resting.start(() -> Uni.createFrom().item(turns.incrementAndGet() == 3));
        await().until(() -> turns.get() == 3);
        resting.wake();

        // Then
        await().during(SHORT.multipliedBy(5)).until(() -> turns.get() == 3);
        resting.stop();
    }

    @Test
    void isWokenAtOnceWhereThereWasNothingToDoThoughItRestsWhereThereWas() {
        // Given
        Loop resting = new Loop(VERTX, "test-waits", Pace.idling(LONG).resting(SHORT));
        resting.start(() -> Uni.createFrom().item(turns.incrementAndGet() % 2 == 0));
        await().until(() -> turns.get() == 1);

        // When
        resting.wake();

        // Then: the turn that was woken found something, the one after its rest did not
        await().until(() -> turns.get() == 3);
        await().during(SHORT.multipliedBy(5)).until(() -> turns.get() == 3);
        resting.stop();
    }

    @Test
    void aTurnThatIsWokenInItsMiddleIsFollowedByAnotherAtOnce() {
        // Given
        AtomicReference<@Nullable UniEmitter<? super Boolean>> open = new AtomicReference<>();
        loop.start(() -> Uni.createFrom().<Boolean>emitter(end -> {
            turns.incrementAndGet();
            open.set(end);
        }));
        await().until(() -> open.get() != null);
        UniEmitter<? super Boolean> first = open.getAndSet(null);

        // When
        loop.wake();
        complete(first);

        // Then
        await().until(() -> open.get() != null);
        assertThat(turns).hasValue(2);
    }

    @Test
    void noWakingIsLostAndNoTwoTurnsAreTakenAtOnce() throws InterruptedException {
        // Given
        AtomicInteger wanted = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger mostAtOnce = new AtomicInteger();
        loop.start(() -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            done.set(wanted.get());
            atOnce.decrementAndGet();
            return Uni.createFrom().item(false);
        });

        // When
        CountDownLatch wakers = new CountDownLatch(4);
        for (int waker = 0; waker < 4; waker++) {
            Thread.ofVirtual().start(() -> {
                for (int call = 0; call < 1_000; call++) {
                    wanted.incrementAndGet();
                    loop.wake();
                }
                wakers.countDown();
            });
        }
        wakers.await();

        // Then
        await().untilAsserted(() -> assertThat(done).hasValue(4_000));
        assertThat(mostAtOnce).hasValue(1);
    }

    @Test
    void whatFailsIsTriedAgainForEverAndAFailureOutsideTheUniIsOne() {
        // Given
        Loop failing = new Loop(
                VERTX,
                "test-waits",
                Pace.idling(LONG).retrying(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2))));

        // When
        failing.start(() -> {
            int turn = turns.incrementAndGet();
            if (turn % 2 == 0) {
                throw new IllegalStateException("no");
            }
            return turn < TURNS
                    ? Uni.createFrom().failure(new IllegalArgumentException("not yet"))
                    : Uni.createFrom().item(false);
        });

        // Then
        await().until(() -> turns.get() > TURNS);
        failing.stop();
    }

    @Test
    void whatIsStoppedTakesNoTurnEvenWhenWoken() {
        // Given
        AtomicReference<@Nullable UniEmitter<? super Boolean>> open = new AtomicReference<>();
        loop.start(() -> Uni.createFrom().<Boolean>emitter(end -> {
            turns.incrementAndGet();
            open.set(end);
        }));
        await().until(() -> open.get() != null);

        // When
        loop.stop();
        complete(open.get());
        loop.wake();

        // Then
        await().during(SHORT.multipliedBy(5)).until(() -> turns.get() == 1);
    }

    @Test
    void whatWasNotStartedIsNotWoken() {
        // When
        loop.wake();

        // Then
        assertThat(turns).hasValue(0);
    }

    @Test
    void whatWasTakenIsDoneOneAfterTheOther() {
        // Given
        List<String> order = new CopyOnWriteArrayList<>();

        // When
        boolean more = Loop.oneByOne(
                        List.of("a", "b", "c"),
                        one -> Uni.createFrom()
                                .voidItem()
                                .invoke(() -> order.add(one + "+"))
                                .onItem()
                                .delayIt()
                                .by(Duration.ofMillis(1))
                                .invoke(() -> order.add(one + "-")))
                .await()
                .indefinitely();
        boolean none = Loop.oneByOne(
                        new ArrayList<String>(), _ -> Uni.createFrom().voidItem())
                .await()
                .indefinitely();

        // Then
        assertThat(order).containsExactly("a+", "a-", "b+", "b-", "c+", "c-");
        assertThat(more).isTrue();
        assertThat(none).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0,100", "1,100", "2,200", "3,400", "7,6400", "10,30000", "2147483647,30000"})
    void thePauseDoublesUpToItsLimit(int attempts, long expectedMs) {
        assertThat(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30)).after(attempts))
                .hasMillis(expectedMs);
    }

    private static void complete(@Nullable UniEmitter<? super Boolean> turn) {
        assertThat(turn).isNotNull();
        if (turn != null) {
            turn.complete(false);
        }
    }
}

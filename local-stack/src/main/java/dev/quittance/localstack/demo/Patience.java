package dev.quittance.localstack.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks again and again for what will be there soon, says so when it takes long, and gives up in the end. */
final class Patience {
    static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);
    private static final Duration SPEAK_AFTER = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Duration giveUpAfter;
    private final Consumer<String> tell;

    Patience(Duration giveUpAfter, Consumer<String> tell) {
        this.giveUpAfter = giveUpAfter;
        this.tell = tell;
    }

    /**
     * @param what is waited for, as in "the account of the user"
     * @param hint where to look when it does not come
     */
    <T> T await(String what, String hint, Supplier<Optional<T>> look) {
        long begin = System.nanoTime();
        boolean hasSpoken = false;
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            long waited = System.nanoTime() - begin;
            if (waited > giveUpAfter.toNanos()) {
                throw new DemoFailure(
                        "After " + giveUpAfter.toSeconds() + " s there is still not " + what + ". " + hint);
            }
            if (!hasSpoken && waited > SPEAK_AFTER.toNanos()) {
                tell.accept("      ... waiting for " + what);
                hasSpoken = true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}

package dev.quittance.messaging.inbox;

import java.util.Set;

/** What a handler makes of an event before any state is looked at. */
public sealed interface Reading<F> {
    /**
     * To be applied.
     *
     * @param subjects everything that the event may wait for or bring, spelt as in {@link Effects#park} and {@link
     *     Effects#arrived}. Two events that share one are never applied side by side, so that none can wait for what
     *     another transaction is just bringing.
     */
    record Relevant<F>(F fact, Set<String> subjects) implements Reading<F> {
        public Relevant {
            subjects = Set.copyOf(subjects);
        }
    }

    /**
     * Recorded and without effect.
     *
     * @param reason a stable code such as {@code unhandled-type}
     */
    record Ignored<F>(String reason) implements Reading<F> {}

    /**
     * Can never be applied as it is.
     *
     * @param code a stable code, such as {@code UNREADABLE_EVENT}
     */
    record Poison<F>(String code, String cause) implements Reading<F> {}
}

package dev.quittance.localstack.simulator.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Answers a repeated POST with what the first one was answered, by its {@code Idempotency-Key}: for a day, declined cards included. A
 * request that was refused before it did anything leaves its key free.
 */
public final class Idempotency {
    public static final int KEYS_MAX = 5_000;
    public static final int KEY_LENGTH_MAX = 255;
    static final Duration KEPT_FOR = Duration.ofHours(24);

    private final Map<String, Saved> answers = new LinkedHashMap<>();
    private final InstantSource clock;

    private sealed interface Outcome {
        record Answered(String body) implements Outcome {}

        record Declined(StripeFailure failure) implements Outcome {}
    }

    private record Saved(String request, Outcome outcome, Instant at) {}

    /** @param isRepeated whether it is what an earlier request was answered */
    public record Answer(String body, boolean isRepeated) {}

    public Idempotency(InstantSource clock) {
        this.clock = clock;
    }

    /** The saved outcome of the key, or that of the action; refused when the key came with another request. */
    public Answer once(String key, String request, Supplier<String> action) {
        if (key.isEmpty() || key.length() > KEY_LENGTH_MAX) {
            throw StripeFailure.invalid(
                    "parameter_invalid", "Idempotency-Key", "Keys for idempotent requests have 1 to 255 characters.");
        }
        Saved saved = answers.get(key);
        if (saved == null || saved.at().plus(KEPT_FOR).isBefore(clock.instant())) {
            return new Answer(first(key, request, action), false);
        }
        if (!Objects.equals(saved.request(), request)) {
            throw StripeFailure.otherIdempotentRequest(key);
        }
        return switch (saved.outcome()) {
            case Outcome.Answered(String body) -> new Answer(body, true);
            case Outcome.Declined(StripeFailure failure) -> throw failure;
        };
    }

    private String first(String key, String request, Supplier<String> action) {
        try {
            String body = action.get();
            save(key, new Saved(request, new Outcome.Answered(body), clock.instant()));
            return body;
        } catch (StripeFailure failure) {
            if (failure.hasDoneSomething()) {
                save(key, new Saved(request, new Outcome.Declined(failure), clock.instant()));
            }
            throw failure;
        }
    }

    private void save(String key, Saved saved) {
        answers.remove(key);
        answers.put(key, saved);
        if (answers.size() > KEYS_MAX) {
            answers.remove(answers.keySet().iterator().next());
        }
    }
}

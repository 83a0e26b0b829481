package dev.quittance.localstack.simulator.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers a repeated POST with what the first one was answered, by its {@code Idempotency-Key}. */
public final class Idempotency {
    public static final int KEYS_MAX = 5_000;
    public static final int KEY_LENGTH_MAX = 255;

    private final Map<String, Saved> answers = new LinkedHashMap<>();

    private record Saved(String request, String answer) {}

    /** The saved answer; null when the key is new; refused when the key came with another request. */
    @Nullable
    public String find(String key, String request) {
        if (key.length() > KEY_LENGTH_MAX) {
            throw StripeFailure.invalid("parameter_invalid", "Idempotency-Key", "The idempotency key is too long.");
        }
        Saved saved = answers.get(key);
        if (saved == null) {
            return null;
        }
        if (!Objects.equals(saved.request(), request)) {
            throw StripeFailure.otherIdempotentRequest(key);
        }
        return saved.answer();
    }

    public void save(String key, String request, String answer) {
        answers.put(key, new Saved(request, answer));
        if (answers.size() > KEYS_MAX) {
            answers.remove(answers.keySet().iterator().next());
        }
    }
}

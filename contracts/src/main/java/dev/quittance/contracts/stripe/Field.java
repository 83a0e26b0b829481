package dev.quittance.contracts.stripe;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a payload says about one field. Absent and null differ: a newer shape may have moved a field away, while null says
 * that there is none; and a value of the wrong kind is neither.
 */
public sealed interface Field<T> {
    record Present<T>(T value) implements Field<T> {}

    /** The field is there and null: Stripe says that there is none. */
    record Null<T>() implements Field<T> {}

    /** The payload does not speak of it. */
    record Absent<T>() implements Field<T> {}

    /** Something is there that is not what the field may be: never guessed at, never null money. */
    record Malformed<T>() implements Field<T> {}

    default Optional<T> toOptional() {
        return this instanceof Present<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    default @Nullable T orNull() {
        return this instanceof Present<T>(T value) ? value : null;
    }

    default T orElse(T other) {
        return this instanceof Present<T>(T value) ? value : other;
    }

    default boolean isPresent() {
        return this instanceof Present<T>;
    }

    /** The value as {@code mapping} has it; malformed where that is empty. */
    default <R> Field<R> flatMap(Function<T, Optional<R>> mapping) {
        return switch (this) {
            case Present<T>(T value) -> {
                Optional<R> mapped = mapping.apply(value);
                yield mapped.isPresent() ? new Present<>(mapped.get()) : new Malformed<>();
            }
            case Null<T>() -> new Null<>();
            case Absent<T>() -> new Absent<>();
            case Malformed<T>() -> new Malformed<>();
        };
    }
}

package dev.quittance.billing.mirror;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a mirror table: where its value comes from, and which value stays when two sights of an object meet.
 *
 * @param <F> the fact
 */
public record Column<F>(String name, SqlType type, Merge merge, Function<F, @Nullable Object> value) {
    public Column {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(merge, "merge is null");
        Objects.requireNonNull(value, "value is null");
    }

    /** Which value stays. */
    public enum Merge {
        /** It says which object the row is. */
        KEY,
        /** The value of the sight with the higher version, also when that is null. */
        LATEST,
        /** The greater one, and any before none: for what is set once or only grows. */
        GREATEST
    }

    public static <F> Column<F> key(String name, Function<F, @Nullable Object> value) {
        return new Column<>(name, SqlType.TEXT, Merge.KEY, value);
    }

    public static <F> Column<F> latest(String name, SqlType type, Function<F, @Nullable Object> value) {
        return new Column<>(name, type, Merge.LATEST, value);
    }

    public static <F> Column<F> greatest(String name, SqlType type, Function<F, @Nullable Object> value) {
        return new Column<>(name, type, Merge.GREATEST, value);
    }
}

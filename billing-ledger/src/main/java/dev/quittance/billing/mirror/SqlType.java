package dev.quittance.billing.mirror;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How a column's values travel as an array, and how several of them become the greatest. */
public enum SqlType {
    TEXT("text", "", "max", String[]::new),
    /** As text on the way: the client has no arrays of it. */
    JSONB("text", "::jsonb", "max", String[]::new),
    BIGINT("bigint", "", "max", Long[]::new),
    INTEGER("int", "", "max", Integer[]::new),
    BOOLEAN("boolean", "", "bool_or", Boolean[]::new),
    TIMESTAMPTZ("timestamptz", "", "max", OffsetDateTime[]::new);

    private final String wire;
    private final String cast;
    private final String aggregate;

    @SuppressWarnings("ImmutableEnumChecker") // array constructors have no state
    private final IntFunction<@Nullable Object[]> array;

    SqlType(String wire, String cast, String aggregate, IntFunction<@Nullable Object[]> array) {
        this.wire = wire;
        this.cast = cast;
        this.aggregate = aggregate;
        this.array = array;
    }

    /** The element type of the array parameter. */
    String wire() {
        return wire;
    }

    String cast() {
        return cast;
    }

    String aggregate() {
        return aggregate;
    }

    <F> Object array(List<F> facts, Function<F, @Nullable Object> value) {
        return facts.stream().map(fact -> travelling(value.apply(fact))).toArray(array);
    }

    private static @Nullable Object travelling(@Nullable Object value) {
        return value instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : value;
    }
}

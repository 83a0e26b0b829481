package dev.quittance.localstack.openapi;

import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** A problem that may be answered: its HTTP status, and the code that clients rely on. */
public record ProblemCode(int status, String code) implements Comparable<ProblemCode> {
    private static final Comparator<ProblemCode> ORDER =
            Comparator.comparingInt(ProblemCode::status).thenComparing(ProblemCode::code);

    public ProblemCode {
        Objects.requireNonNull(code, "code is null");
    }

    /** Those of a service whose problems are an enum. */
    public static <E extends Enum<E>> Set<ProblemCode> of(ToIntFunction<E> status, Set<E> problems) {
        return problems.stream()
                .map(problem -> new ProblemCode(status.applyAsInt(problem), problem.name()))
                .collect(Collectors.toSet());
    }

    @Override
    public int compareTo(ProblemCode other) {
        return ORDER.compare(this, other);
    }
}

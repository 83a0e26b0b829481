package dev.quittance.localstack.openapi;

import java.util.Comparator;
import java.util.Objects;

/** A problem that may be answered: its HTTP status, and the code that clients rely on. */
public record ProblemCode(int status, String code) implements Comparable<ProblemCode> {
    private static final Comparator<ProblemCode> ORDER =
            Comparator.comparingInt(ProblemCode::status).thenComparing(ProblemCode::code);

    public ProblemCode {
        Objects.requireNonNull(code, "code is null");
    }

    @Override
    public int compareTo(ProblemCode other) {
        return ORDER.compare(this, other);
    }
}

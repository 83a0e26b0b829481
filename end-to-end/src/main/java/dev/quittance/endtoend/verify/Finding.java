package dev.quittance.endtoend.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What one check found.
 *
 * @param offenders the first that break it; none when it holds
 * @param isMore whether there are further ones
 */
public record Finding(String sentence, Verdict verdict, List<String> offenders, boolean isMore) {
    public Finding {
        requireNonNull(sentence, "sentence is null");
        requireNonNull(verdict, "verdict is null");
        offenders = List.copyOf(offenders);
    }

    /** What it means for the whole. */
    public enum Verdict {
        OK,
        WARNING,
        FAILED
    }

    static Finding of(Check check, List<String> offenders, boolean isMore) {
        Verdict broken = switch (check.kind()) {
            case MUST, SOON -> Verdict.FAILED;
            case SHOULD -> Verdict.WARNING;
        };
        return new Finding(check.sentence(), offenders.isEmpty() ? Verdict.OK : broken, offenders, isMore);
    }

    /** One line. */
    @Override
    public String toString() {
        String line = "%-8s%s".formatted(verdict, sentence);
        return offenders.isEmpty() ? line : line + ": " + String.join("; ", offenders) + (isMore ? "; and more" : "");
    }
}

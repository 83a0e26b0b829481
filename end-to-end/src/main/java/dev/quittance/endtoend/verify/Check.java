package dev.quittance.endtoend.verify;

import static java.util.Objects.requireNonNull;

/**
 * One invariant, and the question whose answer is everything that breaks it.
 *
 * @param sql returns one column of text; no row means that the invariant holds
 */
record Check(Kind kind, String sentence, String sql) {
    Check {
        requireNonNull(kind, "kind is null");
        requireNonNull(sentence, "sentence is null");
        requireNonNull(sql, "sql is null");
    }

    /** When an invariant has to hold; the names are those in the SQL files. */
    enum Kind {
        /** At every moment. */
        MUST,
        /** Once everything that was on its way has arrived. */
        SOON,
        /** In a healthy system; people should look, and nothing is wrong with the data. */
        SHOULD
    }
}

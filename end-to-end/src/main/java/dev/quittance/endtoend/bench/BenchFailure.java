package dev.quittance.endtoend.bench;

import java.io.Serial;

/** The benchmark cannot go on; the message is one sentence for people. */
final class BenchFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BenchFailure(String message) {
        super(message);
    }

    BenchFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

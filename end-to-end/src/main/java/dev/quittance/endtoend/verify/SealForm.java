package dev.quittance.endtoend.verify;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** What a block of seals keeps of each entry; the forms follow each other in one chain. */
enum SealForm {
    /** A digest of the whole row, its id and its time of writing with it. */
    ROWS(1, 16),
    /** When it was written, and the digest that came with it. */
    MEANT(2, 24);

    /** From where Postgres counts the time. */
    private static final long POSTGRES_EPOCH_MICROS =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2000-01-01T00:00:00Z"));

    private final int number;
    private final int bytes;

    SealForm(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    static Optional<SealForm> of(int number) {
        return Arrays.stream(values()).filter(form -> form.number == number).findFirst();
    }

    /** What is kept of one entry, beside its id. */
    int bytes() {
        return bytes;
    }

    /** What stands before a block's bounds, so that no block of one form is one of another. */
    OptionalLong mark() {
        return this == ROWS ? OptionalLong.empty() : OptionalLong.of(number);
    }

    byte[] of(EntryText text) {
        return switch (this) {
            case ROWS -> Arrays.copyOf(Sha256.of(text.withItsPlace()), EntryText.DIGEST_BYTES);
            case MEANT ->
                ByteBuffer.allocate(bytes)
                        .putLong(text.recordedMicros() - POSTGRES_EPOCH_MICROS)
                        .put(text.digest())
                        .array();
        };
    }
}

package dev.quittance.provisioning.realtime;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the topics were read: the next offset of each partition. As text it is an event's id, and since offsets are the same
 * for every pod, any pod can resume from it.
 */
@SuppressWarnings("ArrayRecordComponent")
record Positions(long[] next) {
    /** A varint of a long has ten bytes, of which an id that is ours has few. */
    private static final int TEXT_LENGTH_MAX = 4_000;

    private static final int BITS = 7;

    Positions {
        next = next.clone();
    }

    static Positions start(int partitions) {
        return new Positions(new long[partitions]);
    }

    long at(int partition) {
        return next[partition];
    }

    Positions after(int partition, long offset) {
        long[] moved = next.clone();
        moved[partition] = Math.max(moved[partition], offset + 1);
        return new Positions(moved);
    }

    String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long offset : next) {
            long rest = offset;
            while (rest >= 1 << BITS) {
                bytes.write((int) (rest & 0x7f) | 0x80);
                rest >>>= BITS;
            }
            bytes.write((int) rest);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Empty when the text is none of ours, or of another number of partitions. */
    static Optional<Positions> read(@Nullable String text, int partitions) {
        if (text == null || text.isEmpty() || text.length() > TEXT_LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            long[] next = new long[partitions];
            int at = 0;
            for (int partition = 0; partition < partitions; partition++) {
                for (int shift = 0; ; shift += BITS) {
                    if (at >= bytes.length || shift > Long.SIZE - BITS - 1) {
                        return Optional.empty();
                    }
                    byte part = bytes[at++];
                    next[partition] |= (long) (part & 0x7f) << shift;
                    if (part >= 0) {
                        break;
                    }
                }
            }
            return at == bytes.length ? Optional.of(new Positions(next)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Positions that && Arrays.equals(next, that.next);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(next);
    }
}

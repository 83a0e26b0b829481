package dev.quittance.endtoend.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry with its lines as the text that was sealed; texts from outside are preceded by their length. */
public final class EntryText {
    static final int DIGEST_BYTES = 16;

    private final long id;
    private final String head;
    private final long recordedMicros;
    private final byte @Nullable [] writersDigest;
    private final StringBuilder lines = new StringBuilder();

    /**
     * @param names business key, rule, account at Stripe, event
     * @param writersDigest what came with the entry; none came before V083
     */
    public EntryText(
            long id, List<String> names, long occurredMicros, long recordedMicros, byte @Nullable [] writersDigest) {
        this.id = id;
        this.recordedMicros = recordedMicros;
        this.writersDigest = writersDigest == null ? null : writersDigest.clone();
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            sized(text, name).append('|');
        }
        this.head = text.append(occurredMicros).toString();
    }

    public EntryText addLine(int line, String account, int shard, String direction, long amount, String unit) {
        lines.append('|').append(line).append(',');
        sized(lines, account).append(',').append(shard).append(',').append(direction);
        lines.append(',').append(amount).append(',').append(unit);
        return this;
    }

    long id() {
        return id;
    }

    long recordedMicros() {
        return recordedMicros;
    }

    boolean isAsItsWriterSays() {
        return writersDigest == null || Arrays.equals(writersDigest, digest());
    }

    /** Of what its writer knew. */
    public byte[] digest() {
        return Arrays.copyOf(Sha256.of((head + lines).getBytes(UTF_8)), DIGEST_BYTES);
    }

    /** As Postgres put it together when it still did: id and time of writing are in the text. */
    byte[] withItsPlace() {
        return (id + "|" + head + "|" + recordedMicros + lines).getBytes(UTF_8);
    }

    private static StringBuilder sized(StringBuilder text, String part) {
        return text.append(part.getBytes(UTF_8).length).append(':').append(part);
    }
}

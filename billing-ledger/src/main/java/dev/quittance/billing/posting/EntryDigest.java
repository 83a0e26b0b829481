package dev.quittance.billing.posting;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What an entry is sealed by, made by whoever books it: Postgres would have to put each row's text together again. The text is
 * written down in {@code V083__digests_with_entries.sql}; {@code ./quittance verify} makes it from the rows.
 */
final class EntryDigest {
    private static final int BYTES = 16;

    private EntryDigest() {}

    /** One behind the other: Postgres reads an array of them by far slower. */
    static Buffer of(List<Posting> postings) {
        Buffer digests = Buffer.buffer(BYTES * postings.size());
        postings.forEach(posting -> digests.appendBytes(of(posting), 0, BYTES));
        return digests;
    }

    private static byte[] of(Posting posting) {
        StringBuilder text = new StringBuilder(256);
        sized(text, posting.businessKey()).append('|');
        sized(text, posting.rule()).append('|');
        sized(text, posting.cause().account()).append('|');
        sized(text, posting.cause().eventId()).append('|');
        text.append(ChronoUnit.MICROS.between(Instant.EPOCH, at(posting)));
        List<EntryLine> lines = posting.lines();
        for (int number = 0; number < lines.size(); number++) {
            EntryLine line = lines.get(number);
            text.append('|').append(number).append(',');
            sized(text, line.account().name()).append(',');
            text.append(Place.of(posting, line).shard()).append(',');
            text.append(line.direction().token()).append(',');
            text.append(line.amount()).append(',').append(line.account().unit());
        }
        return sha256(text.toString());
    }

    /** As exactly as Postgres keeps it. */
    static Instant at(Posting posting) {
        return posting.occurredAt().truncatedTo(ChronoUnit.MICROS);
    }

    private static StringBuilder sized(StringBuilder text, String part) {
        return text.append(bytes(part)).append(':').append(part);
    }

    private static int bytes(String part) {
        return part.getBytes(UTF_8).length;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package dev.quittance.ingest.deadletter;

import dev.quittance.contracts.topic.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What is kept of a record on a dead letter topic, whoever wrote it there: never fails, and gives nothing that cannot be stored. */
final class LetterReader {
    private static final int TEXT_CHARS_MAX = 1_000;

    private LetterReader() {}

    static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        Long partition = number(text(record, Headers.DEAD_PARTITION));
        return new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                text(record, Headers.DEAD_TOPIC),
                partition == null || partition > Integer.MAX_VALUE ? null : partition.intValue(),
                number(text(record, Headers.DEAD_OFFSET)),
                text(record, Headers.DEAD_GROUP),
                text(record, Headers.DEAD_CODE),
                text(record, Headers.DEAD_CAUSE),
                text(record, Headers.CE_ID),
                text(record, Headers.CE_TYPE),
                record.key(),
                record.value(),
                LetterHeaders.write(record.headers()),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())));
    }

    private static @Nullable Long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        String text = new String(header.value(), StandardCharsets.UTF_8).replace("\0", "");
        return text.substring(0, Math.min(text.length(), TEXT_CHARS_MAX));
    }
}

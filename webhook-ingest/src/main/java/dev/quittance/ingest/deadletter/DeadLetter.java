package dev.quittance.ingest.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that was given up, as it lies on a dead letter topic.
 *
 * @param topic where it was before, without the installation's prefix
 * @param headers its own, as {@link LetterHeaders} writes them
 */
@SuppressWarnings("ArrayRecordComponent")
record DeadLetter(
        String letterTopic,
        int letterPartition,
        long letterOffset,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable String group,
        @Nullable String code,
        @Nullable String cause,
        @Nullable String eventId,
        @Nullable String eventType,
        byte @Nullable [] key,
        byte @Nullable [] body,
        String headers,
        Instant diedAt) {}

package dev.quittance.ingest.deadletter;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dead letter as operators see it in a list: what it was and why it died, without its content. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LetterView(
        long id,
        LetterState state,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable String group,
        @Nullable String code,
        @Nullable String cause,
        @Nullable String eventId,
        @Nullable String eventType,
        Instant diedAt,
        @Nullable String decidedBy,
        @Nullable String reason,
        @Nullable Instant decidedAt,
        @JsonIgnore Content content) {

    /** The record itself. */
    @SuppressWarnings("ArrayRecordComponent")
    record Content(byte @Nullable [] key, String headers, byte @Nullable [] body) {}
}

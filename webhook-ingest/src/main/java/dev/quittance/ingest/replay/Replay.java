package dev.quittance.ingest.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.quittance.ingest.eventlog.EventQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replay and how far it is.
 *
 * @param through the log's last position that belongs to it
 * @param nextAfter it goes on behind this position
 * @param skipped purged, or no longer readable
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Replay(
        long id,
        String requestedBy,
        EventQuery query,
        String state,
        long total,
        long published,
        long skipped,
        @JsonIgnore long through,
        @JsonIgnore long nextAfter,
        @JsonIgnore int attempts,
        Instant startedAt,
        @Nullable Instant finishedAt) {}

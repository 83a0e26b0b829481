package dev.quittance.telemetry.log;

import java.util.Set;

/**
 * Every key that a line of log may have. Whatever is not here does not come out, so that nobody puts a name or an address into a log
 * by a new key, and whoever searches logs knows what there is to search for. docs/operations.md says what each means.
 */
public final class LogKeys {
    /** Of the line itself. */
    public static final Set<String> LINE =
            Set.of("timestamp", "level", "logger", "thread", "service", "message", "fields", "stackTrace");

    /** Under {@code fields}: what the message says as {@code key=value}, and what a library has left in the thread's context. */
    public static final Set<String> FIELDS = Set.of(
            "outcome",
            "errorCode",
            "eventId",
            "traceId",
            "spanId",
            "topic",
            "partition",
            "offset",
            "at",
            "backfill",
            "by",
            "cause",
            "count",
            "firstEntry",
            "hash",
            "kind",
            "lastEntry",
            "letter",
            "missing",
            "run",
            "seal",
            "seconds",
            "size");

    private LogKeys() {}
}

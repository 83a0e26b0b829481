package dev.quittance.ingest.reconciliation;

import java.time.Instant;

/** An event that Stripe has and the log has not. */
@SuppressWarnings("ArrayRecordComponent")
record Missing(String eventId, String type, Instant occurredAt, byte[] body) {}

package dev.quittance.ingest.publish;

/** Where a verified event goes. */
public enum Destination {
    EVENTS,
    SET_ASIDE
}

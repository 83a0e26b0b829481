package dev.quittance.ingest.backfill;

/**
 * How much there is of a subject, and how much of it is out.
 *
 * @param unreadable what is no object that could be brought
 */
record Counts(Subject subject, long counted, long published, long unreadable) {}

package dev.quittance.ingest.backfill;

import org.jspecify.annotations.Nullable;

/**
 * Where a backfill goes on.
 *
 * @param position which of its subjects, from 1
 * @param after the last object that is done; null at a list's beginning
 */
record Place(State state, int position, @Nullable String after) {}

/** The event log: every verified event once, written behind the answer, searched by operators, purged when its time is over. */
@NullMarked
package dev.quittance.ingest.eventlog;

import org.jspecify.annotations.NullMarked;

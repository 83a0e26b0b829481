/** What became of an event: what each service says of it, and what it booked, gave and moved. Asked of what their slices publish. */
@NullMarked
package dev.quittance.ingest.trace;

import org.jspecify.annotations.NullMarked;

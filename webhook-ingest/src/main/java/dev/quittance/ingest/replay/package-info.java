/** Events of the log, published again: one, those that a search finds, or a time's. Who has had them does nothing twice. */
@NullMarked
package dev.quittance.ingest.replay;

import org.jspecify.annotations.NullMarked;

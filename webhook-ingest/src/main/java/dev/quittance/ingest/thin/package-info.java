/** Thin events, which name an object without carrying it: the object is fetched, and what consumers read is the event with it. */
@NullMarked
package dev.quittance.ingest.thin;

import org.jspecify.annotations.NullMarked;

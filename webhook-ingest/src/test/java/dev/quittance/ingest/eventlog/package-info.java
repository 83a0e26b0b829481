/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.eventlog;

import org.jspecify.annotations.NullMarked;

/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.backfill;

import org.jspecify.annotations.NullMarked;

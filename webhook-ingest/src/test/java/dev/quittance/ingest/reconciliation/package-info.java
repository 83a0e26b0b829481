/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.reconciliation;

import org.jspecify.annotations.NullMarked;

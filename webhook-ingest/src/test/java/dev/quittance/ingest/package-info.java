/** Tests of the module as a whole. */
@NullMarked
package dev.quittance.ingest;

import org.jspecify.annotations.NullMarked;

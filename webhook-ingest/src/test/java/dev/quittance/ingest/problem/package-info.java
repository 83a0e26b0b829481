/** Tests of what is refused, and how. */
@NullMarked
package dev.quittance.ingest.problem;

import org.jspecify.annotations.NullMarked;

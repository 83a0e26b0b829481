/** Tests of what an operator is told of an event. */
@NullMarked
package dev.quittance.ingest.trace;

import org.jspecify.annotations.NullMarked;

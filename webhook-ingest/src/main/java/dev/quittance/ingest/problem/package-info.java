/** Errors over HTTP as RFC 9457 problems, for the resource and for what never reaches it. */
@NullMarked
package dev.quittance.ingest.problem;

import org.jspecify.annotations.NullMarked;

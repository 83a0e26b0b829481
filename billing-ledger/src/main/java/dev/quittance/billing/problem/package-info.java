/** Errors over HTTP, as RFC 9457 problems. */
@NullMarked
package dev.quittance.billing.problem;

import org.jspecify.annotations.NullMarked;

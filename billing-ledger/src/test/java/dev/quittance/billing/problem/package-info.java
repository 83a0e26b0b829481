/** Tests of what is refused, and how. */
@NullMarked
package dev.quittance.billing.problem;

import org.jspecify.annotations.NullMarked;

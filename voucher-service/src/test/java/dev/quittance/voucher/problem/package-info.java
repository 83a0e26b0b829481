/** Tests of what is refused, and how. */
@NullMarked
package dev.quittance.voucher.problem;

import org.jspecify.annotations.NullMarked;

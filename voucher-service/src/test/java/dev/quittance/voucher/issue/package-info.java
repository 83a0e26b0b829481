/** Tests of {@code issue}. */
@NullMarked
package dev.quittance.voucher.issue;

import org.jspecify.annotations.NullMarked;

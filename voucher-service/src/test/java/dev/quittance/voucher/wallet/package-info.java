/** Tests of {@code wallet}. */
@NullMarked
package dev.quittance.voucher.wallet;

import org.jspecify.annotations.NullMarked;

/** Tests of {@code redemption}. */
@NullMarked
package dev.quittance.voucher.redemption;

import org.jspecify.annotations.NullMarked;

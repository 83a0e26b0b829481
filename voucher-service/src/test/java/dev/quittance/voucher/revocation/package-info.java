/** Tests of what takes vouchers back. */
@NullMarked
package dev.quittance.voucher.revocation;

import org.jspecify.annotations.NullMarked;

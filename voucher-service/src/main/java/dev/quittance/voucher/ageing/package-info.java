/** Vouchers that nobody redeemed in time. */
@NullMarked
package dev.quittance.voucher.ageing;

import org.jspecify.annotations.NullMarked;

/** Codes that turn money into time: issued for settled purchases, shown once to their owner, redeemed once. */
@NullMarked
package dev.quittance.voucher;

import org.jspecify.annotations.NullMarked;

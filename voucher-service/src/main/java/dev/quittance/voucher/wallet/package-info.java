/** What owners see of their vouchers, and the one time that a code is handed out. */
@NullMarked
package dev.quittance.voucher.wallet;

import org.jspecify.annotations.NullMarked;

/** Vouchers made for purchases that are settled, one for each unit that was bought, once. */
@NullMarked
package dev.quittance.voucher.issue;

import org.jspecify.annotations.NullMarked;

/** What a reversed purchase, a dispute or the end of a subscription does to vouchers, and what undoes it. */
@NullMarked
package dev.quittance.voucher.revocation;

import org.jspecify.annotations.NullMarked;

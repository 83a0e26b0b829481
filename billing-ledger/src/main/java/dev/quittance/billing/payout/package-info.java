/** Payouts to our bank: their mirror rows, and what one books. */
@NullMarked
package dev.quittance.billing.payout;

import org.jspecify.annotations.NullMarked;

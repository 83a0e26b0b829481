/** Refunds: their mirror rows, and what a refund books. */
@NullMarked
package dev.quittance.billing.refund;

import org.jspecify.annotations.NullMarked;

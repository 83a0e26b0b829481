/** Receipts by mail, for merchants who do not leave them to Stripe. */
@NullMarked
package dev.quittance.billing.receipt;

import org.jspecify.annotations.NullMarked;

/** Checkout sessions and the lines that were bought. */
@NullMarked
package dev.quittance.billing.checkout;

import org.jspecify.annotations.NullMarked;

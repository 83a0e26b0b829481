/** Checkout, tested. */
@NullMarked
package dev.quittance.billing.buying;

import org.jspecify.annotations.NullMarked;

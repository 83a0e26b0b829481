/** Checkout: a cart, or a package, becomes an order that is paid with points at once, or at Stripe's page. */
@NullMarked
package dev.quittance.billing.buying;

import org.jspecify.annotations.NullMarked;

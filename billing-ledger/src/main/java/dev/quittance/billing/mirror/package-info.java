/** Mirror rows of Stripe's objects, merged so that the order of events does not matter. */
@NullMarked
package dev.quittance.billing.mirror;

import org.jspecify.annotations.NullMarked;

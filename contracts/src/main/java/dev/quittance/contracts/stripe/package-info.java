/** Stripe's events, read tolerantly from raw JSON: every place a field has lived, absent told from null, no shape that throws. */
@NullMarked
package dev.quittance.contracts.stripe;

import org.jspecify.annotations.NullMarked;

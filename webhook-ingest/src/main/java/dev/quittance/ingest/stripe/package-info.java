/** Stripe's API, as far as this service asks it. */
@NullMarked
package dev.quittance.ingest.stripe;

import org.jspecify.annotations.NullMarked;

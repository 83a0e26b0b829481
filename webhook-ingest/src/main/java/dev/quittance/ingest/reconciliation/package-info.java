/** The log compared with Stripe's own list of events: what never came is found there, and goes the way of everything that did. */
@NullMarked
package dev.quittance.ingest.reconciliation;

import org.jspecify.annotations.NullMarked;

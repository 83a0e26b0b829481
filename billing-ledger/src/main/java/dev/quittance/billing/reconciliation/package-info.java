/** Stripe's balance transactions and payouts against the clearing account, to the cent; what differs is named and queued. */
@NullMarked
package dev.quittance.billing.reconciliation;

import org.jspecify.annotations.NullMarked;

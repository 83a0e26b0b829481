/** What time it is for the ledger's own decisions; when a payment happened is for Stripe to say. */
@NullMarked
package dev.quittance.billing.clock;

import org.jspecify.annotations.NullMarked;

/** Payment intents and charges: their mirror rows, and what a charge books. */
@NullMarked
package dev.quittance.billing.payment;

import org.jspecify.annotations.NullMarked;

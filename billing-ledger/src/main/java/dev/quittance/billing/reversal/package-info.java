/** What refunds and disputes take from a settled purchase, decided from all that is known of them, and told and booked as the difference to what was told before. */
@NullMarked
package dev.quittance.billing.reversal;

import org.jspecify.annotations.NullMarked;

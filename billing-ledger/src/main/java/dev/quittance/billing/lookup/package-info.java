/** What no payload says is asked of Stripe, outside any transaction, for as long as it takes. */
@NullMarked
package dev.quittance.billing.lookup;

import org.jspecify.annotations.NullMarked;

/** Points and credits that were not used in time: what is left of old grants goes to breakage, where the merchant wants that. */
@NullMarked
package dev.quittance.billing.expiry;

import org.jspecify.annotations.NullMarked;

/** How customers pay: their payment methods and the intents that set them up, as last seen. Nothing here moves money. */
@NullMarked
package dev.quittance.billing.paymentmethod;

import org.jspecify.annotations.NullMarked;

/** Fulfilment, tested. */
@NullMarked
package dev.quittance.billing.fulfilment;

import org.jspecify.annotations.NullMarked;

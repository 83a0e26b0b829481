/** Products and prices, for the terms in their metadata. */
@NullMarked
package dev.quittance.billing.catalogue;

import org.jspecify.annotations.NullMarked;

/** Tests of the feature. */
@NullMarked
package dev.quittance.billing.sales;

import org.jspecify.annotations.NullMarked;

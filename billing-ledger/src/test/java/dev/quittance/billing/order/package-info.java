/** Orders, tested. */
@NullMarked
package dev.quittance.billing.order;

import org.jspecify.annotations.NullMarked;

/** The catalogue, stock and cart, tested. */
@NullMarked
package dev.quittance.billing.shop;

import org.jspecify.annotations.NullMarked;

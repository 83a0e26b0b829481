/** What a user means to buy: quantities of products, kept until an order has bought them. */
@NullMarked
package dev.quittance.billing.cart;

import org.jspecify.annotations.NullMarked;

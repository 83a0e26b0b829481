/** What is for sale: the shop's own products with their stock, packages of points and credit plans. */
@NullMarked
package dev.quittance.billing.shop;

import org.jspecify.annotations.NullMarked;

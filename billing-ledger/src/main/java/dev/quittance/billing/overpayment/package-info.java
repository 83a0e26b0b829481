/** What becomes of money that paid for an invoice, or for an order, a second time: it waits for an operator, or goes back by itself where the merchant says so. */
@NullMarked
package dev.quittance.billing.overpayment;

import org.jspecify.annotations.NullMarked;

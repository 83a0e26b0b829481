/** What a merchant asks of the day: how many checkouts were paid and how many given up, with what, why payments failed, what was spent. */
@NullMarked
package dev.quittance.billing.sales;

import org.jspecify.annotations.NullMarked;

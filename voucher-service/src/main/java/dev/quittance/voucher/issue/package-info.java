/** Vouchers made for purchases that are settled and for periods of subscriptions, one for each unit, once. */
@NullMarked
package dev.quittance.voucher.issue;

import org.jspecify.annotations.NullMarked;

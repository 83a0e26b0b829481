/** Codes in numbers, for whoever sells them: made, downloaded once, activated, voided and listed by batch, by operators. */
@NullMarked
package dev.quittance.voucher.batch;

import org.jspecify.annotations.NullMarked;

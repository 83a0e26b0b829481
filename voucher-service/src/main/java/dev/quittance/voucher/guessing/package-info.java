/** Keeping people from guessing codes: every attempt is counted before anything of the code is looked at. */
@NullMarked
package dev.quittance.voucher.guessing;

import org.jspecify.annotations.NullMarked;

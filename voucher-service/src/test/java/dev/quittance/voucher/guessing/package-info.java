/** Tests of keeping people from guessing. */
@NullMarked
package dev.quittance.voucher.guessing;

import org.jspecify.annotations.NullMarked;

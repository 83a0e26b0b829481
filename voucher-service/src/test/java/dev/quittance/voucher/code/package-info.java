/** Tests of {@code code}. */
@NullMarked
package dev.quittance.voucher.code;

import org.jspecify.annotations.NullMarked;

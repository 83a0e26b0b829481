/** Tests of the whole service. */
@NullMarked
package dev.quittance.voucher;

import org.jspecify.annotations.NullMarked;

/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.contracts.voucher;

import org.jspecify.annotations.NullMarked;

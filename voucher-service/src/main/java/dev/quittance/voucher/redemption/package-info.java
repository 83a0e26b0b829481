/** Turning a code into time for an account, exactly once however often and however parallel it is asked for. */
@NullMarked
package dev.quittance.voucher.redemption;

import org.jspecify.annotations.NullMarked;

/** Tests of {@code inbox}. */
@NullMarked
package dev.quittance.voucher.inbox;

import org.jspecify.annotations.NullMarked;
